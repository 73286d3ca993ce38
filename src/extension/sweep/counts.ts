/** How many cells of a sweep, or of one of its recipes, are how far. This file does not import `vscode`. */
import type { CellProgress } from '../../sweeps/sweepState';

export interface CellCounts {
  readonly all: number;
  readonly done: number;
  /** Training or being tested. */
  readonly running: number;
  readonly queued: number;
  readonly failed: number;
  /** Cancelled or interrupted: they can be taken up again. */
  readonly stopped: number;
  /** Nobody asked for them yet. */
  readonly untouched: number;
}

type WithState = Pick<CellProgress, 'state'>;

export function countCells(cells: readonly WithState[]): CellCounts {
  const count = (...states: readonly CellProgress['state'][]): number =>
    cells.filter(({ state }) => states.includes(state)).length;
  return {
    all: cells.length,
    done: count('done'),
    running: count('training', 'testing'),
    queued: count('queued'),
    failed: count('failed'),
    stopped: count('cancelled', 'interrupted'),
    untouched: count('new'),
  };
}

/** Whether something of it is being trained, tested, or waits for that. */
export function isPending({ state }: WithState): boolean {
  return state === 'queued' || isRunning({ state });
}

export function isRunning({ state }: WithState): boolean {
  return state === 'training' || state === 'testing';
}

/** Whether a person can ask for its training: it is neither there nor under way. */
export function canAdd({ state }: WithState): boolean {
  return state === 'new' || canRetry({ state });
}

/** Whether it was tried, and did not come to its end. */
export function canRetry({ state }: WithState): boolean {
  return state === 'failed' || state === 'cancelled' || state === 'interrupted';
}
