/** One perturbation at one checkpoint, measured: batch by batch, the next ones perturbed meanwhile. */
import { CancelledError } from '../../common/errors';
import type { Measured } from '../../measures/robustness/measured';
import type { Perturbation } from '../../study';
import { ahead } from '../../common/prefetch';
import type { ImageSet } from '../../datasets';
import { inferenceBatchSize } from '../../models/memory/inference';
import { pause } from '../../common/yieldToEvents';
import { imageCount } from './store';
import { seeClean, seePerturbed, type Seeing, type Sight } from './predict';
import type { Batch, Perturb } from './perturbed';
import { createTally } from '../../measures/robustness/tally';

/** Batches that are perturbed while one is looked at: a slow one does not stop the engine. */
const DRAWN_AHEAD = 2;

export interface Looking extends Seeing {
  readonly test: ImageSet;
  readonly perturb: Perturb;
}

export type CleanSights = (batch: Batch) => readonly Sight[];

/** A checkpoint's view of clean images, for all entries: some hundred bytes an image, a tenth of its pixels. */
export function cleanSights(seeing: Seeing): CleanSights {
  const seen = new Map<string, readonly Sight[]>();
  return (batch) => {
    const key = `${batch.start}+${batch.length}`;
    const sights = seen.get(key) ?? seeClean(seeing, batch);
    seen.set(key, sights);
    return sights;
  };
}

interface Steps {
  readonly signal: AbortSignal | undefined;
  readonly giveWay: (() => Promise<void>) | undefined;
  readonly advance: (images: number) => void;
}

/** @throws CancelledError */
export async function measure(
  looking: Looking,
  cleanOf: CleanSights,
  entry: Perturbation,
  { signal, giveWay, advance }: Steps,
): Promise<Measured> {
  const { model, test, perturb, stage } = looking;
  const count = imageCount(entry, test);
  const tally = createTally(count, entry, stage);
  const turns = turnsOf(test, count, entry.rounds, inferenceBatchSize(model));
  const drawn = ahead(turns, DRAWN_AHEAD, async ({ batch, round }) => {
    return { batch, round, seen: await perturb(batch, entry, round, signal) };
  });
  for await (const { batch, round, seen } of drawn) {
    if (signal?.aborted === true) throw new CancelledError();
    const clean = cleanOf(batch);
    seePerturbed(looking, test, seen, clean).forEach((perturbed, i) => {
      const image = batch.start + i;
      tally.add(image, round, test.labels[image] as number, clean[i] as Sight, perturbed);
    });
    advance(batch.length);
    await giveWay?.();
    await pause();
  }
  return tally.measured();
}

/** Every round of a batch before the next batch. */
function* turnsOf(
  set: ImageSet,
  count: number,
  rounds: number,
  batchSize: number,
): Generator<{ readonly batch: Batch; readonly round: number }> {
  for (let start = 0; start < count; start += batchSize) {
    const batch = { set, start, length: Math.min(batchSize, count - start) };
    for (let round = 0; round < rounds; round++) yield { batch, round };
  }
}
