/** Which cells a command means without a word, and what it says where there is nothing to do. */
import { expect, it } from 'vitest';
import { costText } from '../../../src/cli/printing/sweepTable';
import { cancelChange } from '../../../src/cli/sweep/changesAsked';
import { plannedCells } from '../../../src/cli/sweep/plan';
import type { CellProgress, SweepState } from '../../../src/sweeps';

const cell = (id: string, state: string, task?: string): CellProgress =>
  ({ cell: { id }, state, ...(task !== undefined && { task: { state: task } }) }) as unknown as CellProgress;
const CELLS = [
  cell('new', 'new'),
  cell('done', 'done'),
  cell('failed', 'failed', 'failed'),
  cell('scancelled', 'cancelled', 'cancelled'),
  cell('queued', 'queued', 'queued'),
  cell('by name', 'cancelled'),
];
const planned = (retry: boolean, ids?: ReadonlySet<string>): string[] =>
  plannedCells({ cells: CELLS } as unknown as SweepState, { ids, retry }, ['by name']).map((each) => each.cell.id);

it('leaves what was cancelled, here or on the cluster, to a retry', () => {
  expect(planned(false)).toEqual(['new']);
  expect(planned(true)).toEqual(['failed', 'scancelled', 'by name']);
  expect(planned(false, new Set(['scancelled', 'queued']))).toEqual(['scancelled']);
});

it('cancels what is named and not done, else what waits or runs', () => {
  const cancelled = (ids?: ReadonlySet<string>): unknown =>
    cancelChange({ cells: CELLS } as unknown as SweepState, ids, new Set());
  expect(cancelled(new Set(['done', 'new', 'failed']))).toEqual({ cancel: ['new', 'failed'] });
  expect(cancelled()).toEqual({ cancel: ['queued'] });
});

it('says why there is nothing to train', () => {
  const nothing = { runs: 0, tests: 0, seconds: 0, bytes: 0 };
  expect(costText(nothing, { cells: [] })).toBe('Nothing is left to train here.');
  expect(costText({ ...nothing, tests: 1 }, { cells: CELLS })).toBe(
    'Nothing is left to train here: 1 cell to be tested, 1 cell with the cluster, 3 cells failed or cancelled (--retry).',
  );
});
