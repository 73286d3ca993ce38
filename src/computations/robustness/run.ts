/** Computes what is missing of a run's perturbation tests. */
import type { Measured } from '../../measures/robustness/measured';
import { namingWeights } from '../../models/finite';
import { disposeWeights, loadWeights } from '../../models/forward';
import { createReadAhead } from '../readAhead';
import { imageCount } from './store';
import type { Cell, ResultLookup, RobustnessPlan } from './lookup';
import { cleanSights, measure, type MeasureOptions } from './measure';
import { createPerturbedStore, perturbBatch } from './perturbed';

export interface RobustnessWatcher {
  readonly signal?: AbortSignal | undefined;
  /** Perturbed images that were looked at, of those that have to be. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
  /** Called between two batches: others may have to go on. */
  readonly yieldTurn?: (() => Promise<void>) | undefined;
  /** Told where a result could not be kept: it is there all the same. */
  readonly notKept: (error: unknown) => void;
}

export interface Computed extends Cell {
  readonly measured: Measured;
  /** Somebody else had computed it meanwhile. */
  readonly kept: boolean;
}

/**
 * Every entry at every checkpoint of which nothing current is known, a checkpoint at a time. Each result is kept as
 * soon as it is there, so that who stops goes on from it.
 * @throws CancelledError, and WorkError where a checkpoint gives no finite numbers: such a test neither passes nor fails
 */
export async function* computeMissing(
  plan: RobustnessPlan,
  look: ResultLookup,
  watcher: RobustnessWatcher,
): AsyncGenerator<Computed> {
  const missing = look.cells.filter(({ known }) => known.state !== 'kept');
  const cost = ({ entry }: Cell): number => imageCount(entry, plan.test) * entry.rounds;
  const of = missing.reduce((sum, cell) => sum + cost(cell), 0);
  let done = 0;
  const advance = (images: number): void => {
    done += images;
    watcher.progress?.(done, of);
  };
  const checkpoints = [...new Set(missing.map((cell) => cell.checkpoint))];
  const perturb = checkpoints.length > 1 ? createPerturbedStore() : perturbBatch;
  const files = createReadAhead();
  try {
    for (const [at, checkpoint] of checkpoints.entries()) {
      const cells = missing.filter((cell) => cell.checkpoint === checkpoint);
      const weights = loadWeights(await files.read(plan.model, checkpoint, checkpoints[at + 1]));
      try {
        yield* computeAtCheckpoint({ ...plan, weights, perturb }, look, cells, { ...watcher, advance, cost });
      } finally {
        disposeWeights(weights);
      }
    }
  } finally {
    files.dispose();
  }
}

interface Steps extends RobustnessWatcher {
  readonly advance: (images: number) => void;
  /** Of a cell, in images. */
  readonly cost: (cell: Cell) => number;
}

async function* computeAtCheckpoint(
  options: MeasureOptions,
  look: ResultLookup,
  cells: readonly Cell[],
  { cost, advance, notKept, signal, yieldTurn }: Steps,
): AsyncGenerator<Computed> {
  const clean = cleanSights(options);
  for (const cell of cells) {
    const { entry, checkpoint } = cell;
    // Another entry may be the same, and another program may have computed it.
    const before = await look.store.load(checkpoint.hash, entry);
    if (before !== undefined) advance(cost(cell));
    const measured =
      before ??
      (await namingWeights(checkpoint.path, () => measure(options, clean, entry, { signal, yieldTurn, advance })));
    try {
      if (before === undefined) await look.store.store(checkpoint.hash, entry, measured);
      await look.record(cell);
    } catch (error) {
      notKept(error);
    }
    yield { ...cell, measured, kept: before !== undefined };
  }
}
