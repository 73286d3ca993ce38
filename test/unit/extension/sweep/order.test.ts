import { expect, test } from 'vitest';
import { firstOrder, movedOrder, waitingIds } from '../../../../src/extension/sweep/order';
import { sweepOf } from './states';

// What waits: c1, c3, c4.
const { cells } = sweepOf(['done', 'queued', 'training', 'queued', 'queued', 'failed']);

test('only what waits has a place', () => {
  expect(waitingIds(cells)).toEqual(['c1', 'c3', 'c4']);
  expect(movedOrder(cells, 'c2', 1)).toEqual(['c1', 'c3', 'c4']);
});

test('a cell is moved among those that wait, and not beyond', () => {
  expect(movedOrder(cells, 'c3', -1)).toEqual(['c3', 'c1', 'c4']);
  expect(movedOrder(cells, 'c3', 1)).toEqual(['c1', 'c4', 'c3']);
  expect(movedOrder(cells, 'c1', -1)).toEqual(['c1', 'c3', 'c4']);
  expect(movedOrder(cells, 'c1', 9)).toEqual(['c3', 'c4', 'c1']);
});

test('a cell becomes the first, also one that did not wait yet', () => {
  expect(firstOrder(cells, 'c4')).toEqual(['c4', 'c1', 'c3']);
  expect(firstOrder(cells, 'c5')).toEqual(['c5', 'c1', 'c3', 'c4']);
});
