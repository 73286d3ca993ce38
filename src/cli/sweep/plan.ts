/** Which cells a command asks for, and what they will take. */
import { classCountOf } from '../../datasets/datasetKinds';
import { createModel } from '../../models/model';
import { isLive } from '../../cluster';
import { networkOf, type Cell } from '../../study';
import type { CellProgress, CellState, SweepState } from '../../sweeps';
import type { SweepCost } from '../printing/sweepTable';

export interface Asked {
  /** Of the cells that a person names; undefined where all are meant. */
  readonly ids: ReadonlySet<string> | undefined;
  readonly retry: boolean;
}

/**
 * Without a word, what has ended badly or was cancelled, here or on a cluster, stays as it is; what a cluster has is the
 * cluster's.
 * @param cancelled ids, as the queue has them
 */
export function plannedCells(
  { cells }: SweepState,
  { ids, retry }: Asked,
  cancelled: readonly string[],
): readonly CellProgress[] {
  const chosen = cells.filter(({ cell, task }) => ids?.has(cell.id) !== false && !isLive(task));
  if (retry) return chosen.filter(({ state }) => ENDED_BADLY.includes(state));
  if (ids !== undefined) return chosen.filter(({ state }) => state !== 'done');
  const isCancelled = ({ cell, state, task }: CellProgress): boolean =>
    cancelled.includes(cell.id) || (state === 'cancelled' && task?.state === 'cancelled');
  return chosen.filter((each) => each.state !== 'done' && each.state !== 'failed' && !isCancelled(each));
}

const ENDED_BADLY: readonly CellState[] = ['failed', 'cancelled', 'interrupted'];

/** Of those that are not trained yet, and how many are to be tested alone. @param folder the study file's */
export async function costOf(planned: readonly CellProgress[], jobs: number, folder: string): Promise<SweepCost> {
  const untrained = planned.filter(({ status }) => status?.state !== 'finished');
  const seconds = untrained.map(({ secondsLeft }) => secondsLeft);
  const bytes = await Promise.all(untrained.map(({ cell }) => checkpointBytes(cell, folder)));
  const isKnown = seconds.every((each) => each !== null);
  return {
    runs: untrained.length,
    tests: planned.length - untrained.length,
    seconds: isKnown ? seconds.reduce<number>((sum, each) => sum + each, 0) / jobs : null,
    bytes: bytes.some((each) => each === undefined) ? null : bytes.reduce<number>((sum, each) => sum + (each ?? 0), 0),
  };
}

const BYTES_PER_PARAMETER = 4;

/** Undefined where the file of its network cannot be read. */
async function checkpointBytes({ study }: Cell, folder: string): Promise<number | undefined> {
  const { model, dataset, training } = study;
  const network = await networkOf(model, folder).catch(() => undefined);
  if (network === undefined) return undefined;
  const { parameterCount } = createModel(network, model.inputSize, classCountOf(dataset));
  return BYTES_PER_PARAMETER * parameterCount * keptCheckpoints(training);
}

/** Of a rule by numbers how many; of the best and the last two at most three. */
function keptCheckpoints({ epochs, keepCheckpoints }: Cell['study']['training']): number {
  const all = epochs + 1;
  if (keepCheckpoints === 'all' || keepCheckpoints === undefined) return all;
  if (keepCheckpoints === 'bestAndLast') return Math.min(all, 3);
  if (Array.isArray(keepCheckpoints)) return Math.min(all, keepCheckpoints.length + 2);
  return Math.min(all, Math.floor(epochs / keepCheckpoints.every) + 3);
}
