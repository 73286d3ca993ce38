import { expect, test } from 'vitest';
import type { TaskProgress } from '../../../../src/cluster';
import {
  canRunHere,
  countAway,
  hostsOf,
  isAway,
  isGoing,
  tellingState,
  waitsHere,
  wasAway,
} from '../../../../src/extension/sweep/clusterTask';
import { waitingIds } from '../../../../src/extension/sweep/order';
import { progressIcon, progressText, sweepText } from '../../../../src/extension/sweep/sweepText';
import { shownCell } from '../../../../src/extension/sweep/sweepView';
import type { CellProgress, SweepState } from '../../../../src/sweeps/sweepState';
import { trainingRun } from '../runs/summaries';
import { cellOf, sweepOf } from './states';

const AT = '2026-01-01T12:00:00.000Z';

const task = (more: Partial<TaskProgress>): TaskProgress => ({
  job: '/w/.epochlens/sweeps/s/jobs/j',
  index: 0,
  id: '7_0',
  host: null,
  state: 'queued',
  node: undefined,
  restarts: 0,
  why: undefined,
  since: AT,
  log: '/w/.epochlens/sweeps/s/jobs/j/logs/0.txt',
  ...more,
});

const away: readonly CellProgress[] = [
  cellOf(0, { state: 'done', task: task({ state: 'ended' }) }),
  cellOf(1, { state: 'training', task: task({ state: 'running', node: 'n2' }) }),
  cellOf(2, { state: 'queued', task: task({ why: 'It waits for free resources.' }) }),
  cellOf(3, { state: 'queued', task: task({ state: 'requeued', node: 'n1', restarts: 1 }) }),
];
const sweep = (cells: readonly CellProgress[], more: Partial<SweepState> = {}): SweepState => ({
  ...sweepOf([]),
  cells,
  ...more,
});

test('a sweep that only a cluster runs is under way, and counted', () => {
  const state = sweep(away);
  expect(countAway(state)).toEqual({ running: 1, waiting: 2 });
  expect(isGoing(state)).toBe(true);
  expect(sweepText(state)).toBe('1 of 4 done · Slurm: 1 running, 2 queued');
  expect(sweepText({ ...state, secondsLeft: 7200 })).toBe('1 of 4 done · Slurm: 1 running, 2 queued · 2 h left');
  // Nothing is left that this machine could take up, until a cell has failed.
  expect(canRunHere(state)).toBe(false);
  expect(canRunHere(sweep([...away, cellOf(4, { state: 'failed' })]))).toBe(true);
  expect(isGoing(sweep([cellOf(0, { state: 'queued' })]))).toBe(false);
});

test('only what waits here has an order', () => {
  const cells = [...away, cellOf(4, { state: 'queued' })];
  expect(waitingIds(cells)).toEqual(['c4']);
  expect(cells.filter(waitsHere).map(({ cell }) => cell.id)).toEqual(['c4']);
  expect(cells.filter(isAway).map(({ cell }) => cell.id)).toEqual(['c1', 'c2', 'c3']);
});

test('a cell is called as its scheduler calls it, where that says more', () => {
  expect(away.map(progressText)).toEqual(['done', 'training on n2', 'queued in Slurm', 'requeued']);
  expect(away.map(progressIcon)).toEqual(['pass', 'sync~spin', 'clock', 'debug-restart']);
  const why = 'It ran out of memory on n1.';
  const ended = (state: TaskProgress['state'], error = why): CellProgress =>
    cellOf(0, { state: 'failed', error, task: task({ state, why }) });
  expect(
    ['timedOut', 'outOfMemory', 'nodeFailed', 'preempted', 'lost', 'failed'].map((state) =>
      progressText(ended(state as TaskProgress['state'])),
    ),
  ).toEqual(['timed out', 'out of memory', 'node failed', 'preempted', 'lost', 'failed']);
  // A training of later, here, that failed for a reason of its own.
  expect(tellingState(ended('outOfMemory', 'The loss is no number.'))).toBeUndefined();
});

test('a retry goes to where the last attempt was', () => {
  const status = { ...trainingRun().status!, heartbeat: '2026-01-01T11:00:00.000Z' };
  const failed = task({ state: 'timedOut' });
  expect(wasAway({ task: failed, status })).toBe(true);
  expect(wasAway({ task: failed, status: undefined })).toBe(true);
  expect(wasAway({ task: failed, status: { ...status, heartbeat: '2026-01-02T00:00:00.000Z' } })).toBe(false);
  // By the clock of its node, whatever that of whoever asked the scheduler was.
  const byNode = { ...failed, workedUntil: '2026-01-01T10:59:00.000Z' };
  expect(wasAway({ task: byNode, status })).toBe(false);
  expect(wasAway({ task: { ...byNode, since: AT, workedUntil: status.heartbeat }, status })).toBe(true);
  expect(wasAway({ task: task({ state: 'running' }), status })).toBe(false);
  expect(wasAway({ task: undefined, status })).toBe(false);
  expect(hostsOf([{ task: failed }, { task: task({ host: 'me@login' }) }, { task: failed }, {}])).toEqual([
    null,
    'me@login',
  ]);
});

test('the panel gets the task', () => {
  expect(shownCell(away[3]!, undefined).task).toEqual({
    state: 'requeued',
    isAway: true,
    id: '7_0',
    host: null,
    node: 'n1',
    restarts: 1,
    why: null,
  });
  expect(shownCell(away[0]!, undefined).task).toMatchObject({ state: null, isAway: false });
});
