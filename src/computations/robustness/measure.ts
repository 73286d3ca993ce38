/**
 * One perturbation at one checkpoint, measured: batch by batch, the next ones perturbed and the heatmaps of the last ones
 * compared meanwhile, each in a thread of its own.
 */
import { CancelledError } from '../../common/errors';
import type { Prediction } from '../../measures/robustness/prediction';
import type { Perturbation } from '../../perturbations';
import { prefetch } from '../../common/prefetch';
import type { ImageSource } from '../../datasets';
import { inferenceBatchSize } from '../../models/memory/inference';
import { yieldToEvents } from '../../common/yieldToEvents';
import type { YieldTurn } from '../scheduler';
import { measuring } from '../worker/worker';
import { similarityOf } from './compareBatch';
import { imageCount } from './testImages';
import { predictClean, predictPerturbed, type PredictOptions } from './predict';
import { rangesOf, type Range } from './parts';
import type { Batch, Perturb } from './perturbed';
import { createTally, type Tally, type TallyPart } from '../../measures/robustness/tally';

/** Batches that are perturbed while one is looked at: a slow one does not stop the engine. */
export const DRAWN_AHEAD = 2;

/** Batches whose heatmaps are still compared while the engine goes on: more would only wait in memory. */
const MOST_COMPARED_BEHIND = 4;

export interface MeasureOptions extends PredictOptions {
  readonly test: ImageSource;
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

/** Which images are looked at, where that is not all of them. */
export interface PartsToMeasure {
  /** Absent: all of the test's. */
  readonly ranges?: readonly Range[];
  /** What is known of a range is not looked at again. */
  readonly load?: (range: Range) => Promise<TallyPart | undefined>;
  /** Told of each range as soon as it is through. */
  readonly take?: (range: Range, part: TallyPart) => Promise<void>;
}

/** @returns what was seen @throws CancelledError */
export async function measure(
  options: MeasureOptions,
  cleanPredictions: CleanPredictions,
  entry: Perturbation,
  { signal, yieldTurn, advance }: MeasureSteps,
  { ranges, load, take }: PartsToMeasure = {},
): Promise<Tally> {
  const { model, test, perturb, targetLayer } = options;
  const count = imageCount(entry, test);
  const tally = createTally(count, entry);
  const comparing: Promise<void>[] = [];
  const left: Range[] = [];
  for (const range of ranges ?? rangesOf(model, count)) {
    const known = await load?.(range);
    if (known === undefined) left.push(range);
    else {
      tally.put(range.start, known);
      advance((range.end - range.start) * entry.rounds);
    }
  }
  const turns = turnsOf(test, left, entry.rounds, inferenceBatchSize(model));
  const drawn = prefetch(turns, DRAWN_AHEAD, async ({ batch, round, ends }) => {
    return { batch, round, ends, seen: await perturb({ ...batch, input: options.input }, entry, round, signal) };
  });
  for await (const { batch, round, ends, seen } of drawn) {
    if (signal.aborted) throw new CancelledError();
    const key = `${batch.start}+${batch.length}`;
    const clean = cleanPredictions.get(key) ?? (await predictClean({ ...options, signal }, batch));
    cleanPredictions.set(key, clean);
    const predicted = await predictPerturbed({ ...options, signal }, test, seen, clean);
    const maps = { entry, round, start: batch.start, picture: sizeOf(test), layer: sizeOf(targetLayer) };
    const compared = measuring
      .run('compareMaps', { ...maps, clean: joined(clean), perturbed: joined(predicted) }, signal)
      .then(({ similarity }) => {
        predicted.forEach((perturbed, i) => {
          const image = batch.start + i;
          const label = test.labels[image] as number;
          tally.add(image, round, label, clean[i] as Prediction, perturbed, similarityOf(similarity, i));
        });
      });
    // Heard below.
    compared.catch(() => undefined);
    comparing.push(compared);
    if (comparing.length > MOST_COMPARED_BEHIND) await comparing.shift();
    advance(batch.length);
    if (take !== undefined && ends !== undefined) {
      await Promise.all(comparing.splice(0));
      await take(ends, tally.part(ends.start, ends.end));
    }
    await yieldTurn();
    await yieldToEvents();
  }
  await Promise.all(comparing);
  return tally;
}

function sizeOf({ height, width }: { readonly height: number; readonly width: number }) {
  return { height, width };
}

/** The maps of predictions, one behind the other. */
function joined(predictions: readonly Prediction[]): Float32Array {
  const area = predictions[0]?.map.length ?? 0;
  const maps = new Float32Array(predictions.length * area);
  predictions.forEach(({ map }, i) => maps.set(map, i * area));
  return maps;
}

interface Turn {
  readonly batch: Batch;
  readonly round: number;
  /** The range that is through with it. */
  readonly ends: Range | undefined;
}

/** Every round of a batch before the next batch. */
function* turnsOf(set: ImageSource, ranges: readonly Range[], rounds: number, batchSize: number): Generator<Turn> {
  for (const range of ranges) {
    for (let { start } = range; start < range.end; start += batchSize) {
      const batch = { set, start, length: Math.min(batchSize, range.end - start) };
      const isLast = start + batchSize >= range.end;
      for (let round = 0; round < rounds; round++)
        yield { batch, round, ends: isLast && round === rounds - 1 ? range : undefined };
    }
  }
}
