/** The perturbation tests of a run: each entry at each checkpoint, what is kept at once and the rest as it is computed. */
import type { StageDeclaration } from '../../architectures';
import { CancelledError } from '../../common/errors';
import type { Checkpoint } from '../../runs';
import type { Perturbation } from '../../study';
import type { ImageSet, InputSettings } from '../data';
import { disposeWeights, loadWeights } from '../models/forward';
import type { Model } from '../models/model';
import { pause } from '../pause';
import { hashCheckpoint, readHashedCheckpoint, type HashedCheckpoint } from '../weights/hashedCheckpoint';
import { inferenceBatchSize } from '../training/evaluate';
import { imageCount, resultStore, type ResultStore } from './keep';
import type { Measured } from '../../protocol/measured';
import { seeClean, seePerturbed, type Batch, type Seeing, type Sight } from './observe';
import { createTally } from './tally';

export interface RobustnessPlan {
  /** The run's, in which results are kept. */
  readonly folder: string;
  readonly model: Model;
  readonly input: InputSettings;
  /** Whose heatmaps are compared. */
  readonly stage: StageDeclaration;
  readonly checkpoints: readonly Checkpoint[];
  readonly test: ImageSet;
  readonly entries: readonly Perturbation[];
}

export interface RobustnessWatcher {
  readonly signal?: AbortSignal | undefined;
  /** Perturbed images that were looked at, of those that have to be. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
  /** Called before the first that has to be computed, and not at all where everything is kept. */
  readonly start: () => Promise<unknown>;
}

export interface RobustnessResult {
  readonly epoch: number;
  /** The entry's place in the plan. */
  readonly entry: number;
  readonly measured: Measured;
  /** Whether it was computed before. */
  readonly kept: boolean;
}

interface Step {
  readonly checkpoint: HashedCheckpoint;
  readonly kept: readonly (Measured | undefined)[];
}

/**
 * Every entry at every checkpoint, a checkpoint at a time. Each result is kept as soon as it is there, so that who stops
 * goes on from it. @throws CancelledError
 */
export async function* testRobustness(
  plan: RobustnessPlan,
  { signal, progress, start }: RobustnessWatcher,
): AsyncGenerator<RobustnessResult> {
  const store = resultStore(plan.folder, plan);
  const steps = await Promise.all(plan.checkpoints.map((checkpoint) => look(store, checkpoint, plan.entries)));
  const missing = steps.flatMap(({ kept }) => plan.entries.filter((_, index) => kept[index] === undefined));
  const of = missing.reduce((sum, entry) => sum + imageCount(entry, plan.test) * entry.rounds, 0);
  let done = 0;
  if (missing.length > 0) await start();
  const advance = (count: number): void => {
    done += count;
    progress?.(done, of);
  };
  for (const step of steps) yield* testCheckpoint(plan, store, step, { signal, advance });
}

async function look(store: ResultStore, found: Checkpoint, entries: readonly Perturbation[]): Promise<Step> {
  const checkpoint = await hashCheckpoint(found);
  return { checkpoint, kept: await Promise.all(entries.map((entry) => store.load(checkpoint.hash, entry))) };
}

interface Advance {
  readonly signal: AbortSignal | undefined;
  readonly advance: (images: number) => void;
}

async function* testCheckpoint(
  { model, input, stage, test, entries }: RobustnessPlan,
  store: ResultStore,
  { checkpoint, kept }: Step,
  watcher: Advance,
): AsyncGenerator<RobustnessResult> {
  const { epoch, hash } = checkpoint;
  const weights = kept.includes(undefined) ? loadWeights(await readHashedCheckpoint(checkpoint, model)) : undefined;
  try {
    const clean = weights && cleanSights({ model, weights, input, stage });
    for (const [entry, perturbation] of entries.entries()) {
      const before = kept[entry];
      if (before !== undefined) yield { epoch, entry, measured: before, kept: true };
      if (before !== undefined || weights === undefined || clean === undefined) continue;
      const measured = await measure({ model, weights, input, stage }, clean, test, perturbation, watcher);
      await store.store(hash, perturbation, measured);
      yield { epoch, entry, measured, kept: false };
    }
  } finally {
    if (weights !== undefined) disposeWeights(weights);
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

async function measure(
  seeing: Seeing,
  cleanOf: (batch: Batch) => readonly Sight[],
  set: ImageSet,
  entry: Perturbation,
  { signal, advance }: Advance,
): Promise<Measured> {
  const count = imageCount(entry, set);
  const tally = createTally(count, entry, seeing.stage);
  const batchSize = inferenceBatchSize(seeing.input.inputSize);
  for (let start = 0; start < count; start += batchSize) {
    const batch = { set, start, length: Math.min(batchSize, count - start) };
    for (let round = 0; round < entry.rounds; round++) {
      if (signal?.aborted === true) throw new CancelledError();
      const clean = cleanOf(batch);
      seePerturbed(seeing, batch, entry, round, clean).forEach((perturbed, i) => {
        tally.add(start + i, round, set.labels[start + i] as number, clean[i] as Sight, perturbed);
      });
      advance(batch.length);
      await pause();
    }
  }
  return tally.measured();
}
