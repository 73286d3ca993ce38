/** One perturbation at one checkpoint, measured: batch by batch, the next ones perturbed meanwhile. */
import { CancelledError } from '../../common/errors';
import type { Measured } from '../../measures/robustness/measured';
import type { Prediction } from '../../measures/robustness/prediction';
import { inverseOf, type Perturbation } from '../../perturbations';
import { prefetch } from '../../common/prefetch';
import type { ImageSet } from '../../datasets';
import { inferenceBatchSize } from '../../models/memory/inference';
import { yieldToEvents } from '../../common/yieldToEvents';
import type { YieldTurn } from '../scheduler';
import { imageCount } from './testImages';
import { predictClean, predictPerturbed, type PredictOptions } from './predict';
import type { Batch, Perturb } from './perturbed';
import { createTally } from '../../measures/robustness/tally';

/** Batches that are perturbed while one is looked at: a slow one does not stop the engine. */
export const DRAWN_AHEAD = 2;

export interface MeasureOptions extends PredictOptions {
  readonly test: ImageSet;
  readonly perturb: Perturb;
}

/** A checkpoint's predictions of clean batches, for all entries: some hundred bytes an image, a tenth of its pixels. */
export type CleanPredictions = Map<string, readonly Prediction[]>;

export interface MeasureSteps {
  readonly signal: AbortSignal;
  /** Called between two batches: others may have to go on. */
  readonly yieldTurn: YieldTurn;
  readonly advance: (images: number) => void;
}

/** @throws CancelledError */
export async function measure(
  options: MeasureOptions,
  cleanPredictions: CleanPredictions,
  entry: Perturbation,
  { signal, yieldTurn, advance }: MeasureSteps,
): Promise<Measured> {
  const { model, test, perturb, targetLayer } = options;
  const count = imageCount(entry, test);
  const tally = createTally(count, entry, targetLayer);
  const turns = turnsOf(test, count, entry.rounds, inferenceBatchSize(model));
  const drawn = prefetch(turns, DRAWN_AHEAD, async ({ batch, round }) => {
    return { batch, round, seen: await perturb(batch, entry, round, signal) };
  });
  for await (const { batch, round, seen } of drawn) {
    if (signal.aborted) throw new CancelledError();
    const key = `${batch.start}+${batch.length}`;
    const clean = cleanPredictions.get(key) ?? (await predictClean({ ...options, signal }, batch));
    cleanPredictions.set(key, clean);
    const predicted = await predictPerturbed({ ...options, signal }, test, seen, clean);
    predicted.forEach((perturbed, i) => {
      const image = batch.start + i;
      const inverse = inverseOf(entry, { image, round }, test);
      tally.add(image, round, test.labels[image] as number, clean[i] as Prediction, perturbed, inverse);
    });
    advance(batch.length);
    await yieldTurn();
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
