/** One perturbation at one checkpoint, measured: batch by batch, the next ones perturbed meanwhile. */
import { CancelledError } from '../../common/errors';
import type { Measured } from '../../measures/robustness/measured';
import type { Perturbation } from '../../study';
import { prefetch } from '../../common/prefetch';
import type { ImageSet } from '../../datasets';
import { inferenceBatchSize } from '../../models/memory/inference';
import { yieldToEvents } from '../../common/yieldToEvents';
import { imageCount } from './store';
import { predictClean, predictPerturbed, type PredictOptions, type Prediction } from './predict';
import type { Batch, Perturb } from './perturbed';
import { createTally } from '../../measures/robustness/tally';

/** Batches that are perturbed while one is looked at: a slow one does not stop the engine. */
const DRAWN_AHEAD = 2;

export interface MeasureOptions extends PredictOptions {
  readonly test: ImageSet;
  readonly perturb: Perturb;
}

export type CleanPredictions = (batch: Batch) => readonly Prediction[];

/** A checkpoint's view of clean images, for all entries: some hundred bytes an image, a tenth of its pixels. */
export function cleanSights(seeing: PredictOptions): CleanPredictions {
  const seen = new Map<string, readonly Prediction[]>();
  return (batch) => {
    const key = `${batch.start}+${batch.length}`;
    const predictions = seen.get(key) ?? predictClean(seeing, batch);
    seen.set(key, predictions);
    return predictions;
  };
}

interface Steps {
  readonly signal: AbortSignal | undefined;
  readonly yieldTurn: (() => Promise<void>) | undefined;
  readonly advance: (images: number) => void;
}

/** @throws CancelledError */
export async function measure(
  options: MeasureOptions,
  cleanOf: CleanPredictions,
  entry: Perturbation,
  { signal, yieldTurn, advance }: Steps,
): Promise<Measured> {
  const { model, test, perturb, targetLayer } = options;
  const count = imageCount(entry, test);
  const tally = createTally(count, entry, targetLayer);
  const turns = turnsOf(test, count, entry.rounds, inferenceBatchSize(model));
  const drawn = prefetch(turns, DRAWN_AHEAD, async ({ batch, round }) => {
    return { batch, round, seen: await perturb(batch, entry, round, signal) };
  });
  for await (const { batch, round, seen } of drawn) {
    if (signal?.aborted === true) throw new CancelledError();
    const clean = cleanOf(batch);
    predictPerturbed(options, test, seen, clean).forEach((perturbed, i) => {
      const image = batch.start + i;
      tally.add(image, round, test.labels[image] as number, clean[i] as Prediction, perturbed);
    });
    advance(batch.length);
    await yieldTurn?.();
    await yieldToEvents();
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
