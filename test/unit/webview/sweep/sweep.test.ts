import { expect, test, vi } from 'vitest';
import type { ShownCell, ShownState, ShownSweep } from '../../../../src/protocol/sweepPanel';
import {
  cellStateText,
  countsOf,
  countsText,
  epochText,
  isLeftHere,
  leftText,
  standText,
  straysText,
  taskText,
  waitsHere,
} from '../../../../webview/sweep/cellText';
import { fits } from '../../../../webview/sweep/filter';
import { cellKey } from '../../../../webview/sweep/keys';
import { droppedOrder, movedOrder } from '../../../../webview/sweep/order';
import { parseSavedState } from '../../../../webview/sweep/savedState';

const cell = (id: string, state: ShownState, more: Partial<ShownCell> = {}): ShownCell => ({
  id,
  recipe: 'cutout',
  seed: 3,
  state,
  hasRun: false,
  hasCheckpoints: false,
  epoch: null,
  epochs: 20,
  share: 0,
  accuracy: null,
  secondsLeft: null,
  error: null,
  task: null,
  ...more,
});

const sweep = (cells: readonly ShownCell[], more: Partial<ShownSweep> = {}): ShownSweep => ({
  kind: 'sweep',
  study: { studyFile: '/s.epochlens.json', name: 's' },
  cells: [...cells],
  paused: false,
  jobs: null,
  runner: { jobs: 1, waiting: null },
  secondsLeft: null,
  schedulerProblem: null,
  strays: [],
  ...more,
});

test('how far a cell is, in words', () => {
  expect(epochText(cell('a', 'training', { epoch: 3 }))).toBe('epoch 3 of 20');
  expect(epochText(cell('a', 'queued', { epoch: 3 }))).toBe('');
  expect(leftText(cell('a', 'training', { secondsLeft: 120 }))).toBe('2 min left');
  expect(leftText(cell('a', 'done', { secondsLeft: 120 }))).toBe('');
});

test('how far the sweep is, and what it waits for', () => {
  const cells = [
    cell('a', 'done'),
    cell('b', 'training'),
    cell('c', 'testing'),
    cell('d', 'queued'),
    cell('e', 'failed'),
  ];
  expect(countsText(countsOf(cells))).toBe('1 of 5 done, 2 running, 1 queued, 1 failed');
  expect(standText(sweep(cells, { secondsLeft: 3600 }))).toBe('1 h left');
  expect(standText(sweep(cells, { runner: { jobs: 1, waiting: 'Too little memory.' } }))).toBe('Too little memory.');
  expect(standText(sweep(cells, { paused: true }))).toBe('Paused: what runs goes on to its end.');
  expect(standText(sweep([cell('d', 'queued')], { paused: true }))).toBe('Paused');
  expect(standText(sweep(cells, { runner: null }))).toContain('Run Sweep');
  expect(standText(sweep([cell('a', 'done'), cell('n', 'new')]))).toBe('');
});

test('what a cluster has is told as its scheduler tells it, and has no order here', () => {
  const task = { state: null, isAway: true, id: '7_0', host: null, node: 'n2', restarts: 2, why: null };
  const cells = [
    cell('a', 'training', { task }),
    cell('b', 'queued', { task: { ...task, node: null, why: 'It waits for free resources.' } }),
    cell('c', 'queued', { task: { ...task, state: 'requeued' } }),
    cell('d', 'failed', { task: { ...task, isAway: false, state: 'outOfMemory' } }),
    cell('e', 'queued'),
  ];
  expect(cells.map(cellStateText)).toEqual(['training', 'queued', 'requeued', 'out of memory', 'queued']);
  expect(taskText(cells[0]!)).toBe('Slurm · task 7_0 · node n2 · begun anew 2 times');
  expect(taskText({ task: { ...task, host: 'me@login', restarts: 0 } })).toBe('Slurm on me@login · task 7_0 · node n2');
  expect(taskText(cells[4]!)).toBe('');
  expect(standText(sweep(cells, { runner: null, secondsLeft: 3600 }))).toBe('1 h left · Slurm: 1 running, 2 queued');
  expect(standText(sweep(cells.slice(0, 3), { runner: null }))).toBe('with Slurm');
  expect([isLeftHere({ cells }), isLeftHere({ cells: cells.slice(0, 3) })]).toEqual([true, false]);
  expect(standText(sweep([cells[4]!], { runner: null }))).toContain('Run Sweep');
  expect(cells.filter(waitsHere).map(({ id }) => id)).toEqual(['e']);
});

test('tasks of cells that the study has no more are named', () => {
  expect(straysText(['7_0'])).toBe('Task 7_0 of Slurm is of a cell that the study has no more.');
  expect(straysText(['7_0', '7_1'])).toBe('2 tasks of Slurm are of cells that the study has no more: 7_0, 7_1.');
});

test('only what waits is ordered', () => {
  const cells = [cell('r', 'training'), cell('a', 'queued'), cell('b', 'queued'), cell('c', 'queued')];
  expect(movedOrder(cells, 'b', -1)).toEqual(['b', 'a', 'c']);
  expect(movedOrder(cells, 'c', -9)).toEqual(['c', 'a', 'b']);
  expect(movedOrder(cells, 'a', -1)).toBeUndefined();
  expect(movedOrder(cells, 'r', 1)).toBeUndefined();
  expect(droppedOrder(cells, 'a', 'c')).toEqual(['b', 'c', 'a']);
  expect(droppedOrder(cells, 'c', 'a')).toEqual(['c', 'a', 'b']);
  expect(droppedOrder(cells, 'a', 'r')).toBeUndefined();
});

test('the filter "failed" has all that can be retried', () => {
  const all = (['new', 'queued', 'training', 'testing', 'done', 'failed', 'cancelled', 'interrupted'] as const).map(
    (state) => cell(state, state),
  );
  const shown = (filter: Parameters<typeof fits>[0]) => all.filter((each) => fits(filter, each)).map(({ id }) => id);
  expect(shown('failed')).toEqual(['failed', 'cancelled', 'interrupted']);
  expect(shown('pending')).toEqual(['queued', 'training', 'testing']);
  expect(shown('all')).toHaveLength(8);
});

test('keys do what can be done with a cell, and nothing else', () => {
  const act = {
    toggle: vi.fn(),
    first: vi.fn(),
    move: vi.fn(),
    drop: vi.fn(),
    cancel: vi.fn(),
    add: vi.fn(),
    heatmaps: vi.fn(),
  };
  const press = (key: string, of: ShownCell, { altKey = false, trusted = true } = {}) =>
    cellKey({ key, altKey, ctrlKey: false, metaKey: false }, of, trusted, act);
  const queued = cell('a', 'queued');
  expect(press('ArrowUp', queued, { altKey: true })).toBe(true);
  expect(act.move).toHaveBeenCalledWith(queued, -1);
  expect(press('ArrowUp', queued)).toBe(false);
  expect(press('Delete', queued)).toBe(true);
  expect(press('Delete', cell('b', 'done'))).toBe(false);
  expect(press('r', cell('b', 'failed'))).toBe(true);
  expect(press('r', queued)).toBe(false);
  expect(press('Delete', queued, { trusted: false })).toBe(false);
  expect(act.cancel).toHaveBeenCalledTimes(1);
  expect(act.add).toHaveBeenCalledTimes(1);
});

test('what an earlier page kept is checked', () => {
  expect(parseSavedState({ studyFile: '/s', filter: 'failed', open: 'a' })).toEqual({
    studyFile: '/s',
    filter: 'failed',
    open: 'a',
  });
  expect(parseSavedState({ filter: 'unknown' })).toEqual({ studyFile: undefined, filter: 'all', open: undefined });
});
