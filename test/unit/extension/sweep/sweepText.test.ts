import { expect, test } from 'vitest';
import { canAdd, canRetry, countCells, isPending } from '../../../../src/extension/sweep/counts';
import { countsText, iconOf, sweepText } from '../../../../src/extension/sweep/sweepText';
import { sweepOf } from './states';

test('how many cells are how far', () => {
  const { cells } = sweepOf([
    'done',
    'done',
    'training',
    'testing',
    'queued',
    'failed',
    'cancelled',
    'interrupted',
    'new',
  ]);
  expect(countCells(cells)).toEqual({ all: 9, done: 2, running: 2, queued: 1, failed: 1, stopped: 2, untouched: 1 });
  expect(cells.filter(isPending).map(({ state }) => state)).toEqual(['training', 'testing', 'queued']);
  expect(cells.filter(canAdd).map(({ state }) => state)).toEqual(['failed', 'cancelled', 'interrupted', 'new']);
  expect(cells.filter(canRetry).map(({ state }) => state)).toEqual(['failed', 'cancelled', 'interrupted']);
});

test('failures are named where there are some', () => {
  expect(countsText(countCells(sweepOf(['done', 'queued']).cells))).toBe('1 of 2 done');
  expect(countsText(countCells(sweepOf(['done', 'failed', 'failed']).cells))).toBe('1 of 3 done, 2 failed');
});

test('the time left is told of what runs alone', () => {
  const running = sweepOf(['done', 'training', 'queued'], { secondsLeft: 7200, isRunning: true });
  expect(sweepText(running)).toBe('1 of 3 done · 2 h left');
  expect(sweepText({ ...running, secondsLeft: null })).toBe('1 of 3 done');
  expect(sweepText({ ...running, paused: true })).toBe('1 of 3 done · paused');
  expect(sweepText({ ...running, runner: undefined })).toBe('1 of 3 done · not running');
  expect(sweepText(sweepOf(['done', 'done'], { secondsLeft: 0 }))).toBe('2 of 2 done');
});

test('one icon for many cells: what runs, else what has failed', () => {
  const icon = (...states: Parameters<typeof sweepOf>[0]) => iconOf(countCells(sweepOf(states).cells));
  expect(icon('training', 'failed')).toBe('training');
  expect(icon('done', 'failed', 'queued')).toBe('failed');
  expect(icon('done', 'done')).toBe('done');
  expect(icon('done', 'queued')).toBe('queued');
  expect(icon('done', 'cancelled')).toBe('cancelled');
  expect(icon('done', 'new')).toBe('new');
});
