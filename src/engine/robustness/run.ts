/** Computes what is missing of a run's perturbation tests. */
import { CancelledError } from '../../common/errors';
import type { Perturbation } from '../../study';
import type { Measured } from '../../protocol/measured';
import type { ImageSet } from '../data';
import { disposeWeights, loadWeights } from '../models/forward';
import { pause } from '../pause';
import { inferenceBatchSize } from '../training/evaluate';
import { readHashedCheckpoint } from '../weights/hashedCheckpoint';
import { imageCount } from './keep';
import type { Cell, Look, RobustnessPlan } from './look';
import { seeClean, seePerturbed, type Seeing, type Sight } from './observe';
import { createPerturbedStore, perturbBatch, type Batch, type Perturb } from './perturbed';
import { createTally } from './tally';

export interface RobustnessWatcher {
  readonly signal?: AbortSignal | undefined;
  /** Perturbed images that were looked at, of those that have to be. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
  /** Called between two batches: others may have to go on. */
  readonly giveWay?: (() => Promise<void>) | undefined;
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
 * soon as it is there, so that who stops goes on from it. @throws CancelledError
 */
export async function* computeMissing(
  plan: RobustnessPlan,
  look: Look,
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
  const checkpoints = new Set(missing.map((cell) => cell.checkpoint));
  const perturb = checkpoints.size > 1 ? createPerturbedStore() : perturbBatch;
  for (const checkpoint of checkpoints) {
    const cells = missing.filter((cell) => cell.checkpoint === checkpoint);
    const { hash } = checkpoint;
    const weights = loadWeights(await readHashedCheckpoint(checkpoint, plan.model));
    try {
      const seeing = { ...plan, weights };
      const clean = cleanSights(seeing);
      for (const cell of cells) {
        // Another entry may be the same, and another program may have computed it.
        const before = await look.store.load(hash, cell.entry);
        if (before !== undefined) advance(cost(cell));
        const steps = { ...watcher, perturb, advance };
        const measured = before ?? (await measure(seeing, clean, plan.test, cell.entry, steps));
        try {
          if (before === undefined) await look.store.store(hash, cell.entry, measured);
          await look.record(cell);
        } catch (error) {
          watcher.notKept(error);
        }
        yield { ...cell, measured, kept: before !== undefined };
      }
    } finally {
      disposeWeights(weights);
    }
  }
}

/** A checkpoint's view of clean images, for all entries: some hundred bytes an image, a tenth of its pixels. */
function cleanSights(seeing: Seeing): (batch: Batch) => readonly Sight[] {
  const seen = new Map<string, readonly Sight[]>();
  return (batch) => {
    const key = `${batch.start}+${batch.length}`;
    const sights = seen.get(key) ?? seeClean(seeing, batch);
    seen.set(key, sights);
    return sights;
  };
}

interface Steps extends RobustnessWatcher {
  readonly perturb: Perturb;
  readonly advance: (images: number) => void;
}

async function measure(
  seeing: Seeing,
  cleanOf: (batch: Batch) => readonly Sight[],
  set: ImageSet,
  entry: Perturbation,
  { signal, giveWay, perturb, advance }: Steps,
): Promise<Measured> {
  const count = imageCount(entry, set);
  const tally = createTally(count, entry, seeing.stage);
  const batchSize = inferenceBatchSize(seeing.input.inputSize);
  for (let start = 0; start < count; start += batchSize) {
    const batch = { set, start, length: Math.min(batchSize, count - start) };
    for (let round = 0; round < entry.rounds; round++) {
      if (signal?.aborted === true) throw new CancelledError();
      const clean = cleanOf(batch);
      seePerturbed(seeing, set, perturb(batch, entry, round), clean).forEach((perturbed, i) => {
        tally.add(start + i, round, set.labels[start + i] as number, clean[i] as Sight, perturbed);
      });
      advance(batch.length);
      await giveWay?.();
      await pause();
    }
  }
  return tally.measured();
}
