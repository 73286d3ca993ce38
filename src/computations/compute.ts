/** All that needs TensorFlow.js. Loaded once the engine has been started, and never before. */
import type { ClassIndices } from '../common/classIndices';
import { CancelledError } from '../common/errors';
import type { ImageSource } from '../datasets';
import type { InputSettings } from '../models/input';
import type { MapsOf } from './heatmaps/mapsOf';
import { explainBatchSize } from './heatmaps/batches';
import { explainImages, type ClassHeatmaps, type ExplainOptions, type ImageToExplain } from './heatmaps/explain';
import { namingWeights } from '../models/finite';
import { disposeWeights, loadWeights, type TensorWeights } from '../models/forward';
import type { Model } from '../models/model';
import type { Prediction } from '../measures/robustness/prediction';
import type { Perturbation } from '../perturbations';
import { attackFirst, type AttackedImages, type ImagesToAttack } from './attacks/attackFirst';
import { predictLogits, type ImagesToPredict } from './calibration/logits';
import type { Cell } from './faithfulness/cells';
import { scoreCells } from './faithfulness/score';
import type { ScoreOptions } from './faithfulness/scoreOptions';
import { measure, type CleanPredictions, type MeasureSteps, type PartsToMeasure } from './robustness/measure';
import { createPerturbedStore, perturbBatch } from './robustness/perturbed';
import { predictWithHeatmaps } from './robustness/predict';
import { evaluate, requirePredictions } from '../models/evaluate';
import type { Weights } from '../models/weights';
import type { FaithfulnessValues } from '../runs';
import type { HashedCheckpoint } from '../weights/hashedCheckpoint';
import { createReadAhead } from './readAhead';
import { createCache } from '../common/cache';
import type { DrawSample } from './perturbed/samples';
import type { YieldTurn } from './scheduler';

/** Of EfficientNet-B0 16 MB each. */
const WEIGHTS = createCache<TensorWeights>({ most: 4, idleMilliseconds: 120_000, dispose: disposeWeights });

const FILES = createReadAhead();

export interface AtCheckpoint {
  readonly model: Model;
  readonly checkpoint: HashedCheckpoint;
  /** The one that will be asked for after it, where that is known: it is read meanwhile. */
  readonly next?: HashedCheckpoint | undefined;
}

/** The weights stay for the next one who asks for them. */
export async function withWeights<R>(
  { model, checkpoint, next }: AtCheckpoint,
  work: (weights: TensorWeights) => Promise<R>,
): Promise<R> {
  const keyOf = ({ hash }: HashedCheckpoint) => `${model.id}:${hash}`;
  const coming = next === undefined || WEIGHTS.has(keyOf(next)) ? undefined : next;
  const make = async () => loadWeights(await FILES.read(model, checkpoint, coming));
  try {
    return await namingWeights(checkpoint.path, () => WEIGHTS.use(keyOf(checkpoint), make, work));
  } catch (error) {
    // Whoever is cancelled, or fails, goes on to no other.
    FILES.dispose();
    throw error;
  }
}

export interface ExplainAtCheckpoint extends AtCheckpoint, MapsOf {
  readonly images: readonly ImageToExplain[];
  /** Of each image, as {@link ExplainOptions} has them. */
  readonly targets?: ExplainOptions['targets'];
  readonly signal: AbortSignal;
  readonly yieldTurn: YieldTurn;
  /** How many neighbours may be computed together, one after another; absent: all of them. See `blocksOf`. */
  readonly together?: readonly number[];
  /** Whether somebody waits for the first batch. */
  readonly waiting?: boolean;
  /** Told after each batch, in the images' order. */
  readonly computed: (first: number, results: readonly ClassHeatmaps[]) => Promise<void>;
}

/** @throws CancelledError, WorkError */
export async function explainAtCheckpoint(asked: ExplainAtCheckpoint): Promise<void> {
  const { images, input, targets, signal, yieldTurn, together = [images.length], waiting = false, computed } = asked;
  const batchSize = explainBatchSize(asked);
  await withWeights(asked, async (weights) => {
    const explain = async (first: number, end: number): Promise<void> =>
      computed(
        first,
        await explainImages(asked, weights, images.slice(first, end), input, {
          signal,
          targets: targets?.slice(first, end),
        }),
      );
    let start = 0;
    for (const count of together) {
      const end = start + count;
      for (let first = start; first < end; first += batchSize) {
        await explain(first, Math.min(end, first + batchSize));
        // Nobody else has a turn after what is waited for: they may want what this batch is about to keep.
        if (!waiting || first > 0) await yieldTurn();
      }
      start = end;
    }
  });
}

/** Heatmaps of images by weights that are in memory, and no run's. @throws CancelledError, WorkError */
export async function explainWith(
  { input, ...explained }: MapsOf,
  parameters: Weights,
  images: readonly ImageToExplain[],
  options: ExplainOptions,
): Promise<ClassHeatmaps[]> {
  const weights = loadWeights(parameters);
  try {
    return await explainImages(explained, weights, images, input, options);
  } finally {
    disposeWeights(weights);
  }
}

export interface PredictSamples extends AtCheckpoint, MapsOf {
  readonly image: ImageToExplain;
  /** Its view of the image as it is, where that is known. */
  readonly clean: Prediction | undefined;
  /** Of that image. */
  readonly samplesOf: readonly DrawSample[];
  readonly signal: AbortSignal;
  readonly yieldTurn: YieldTurn;
}

/** A checkpoint's views of an image as it is, and perturbed in the order of the drawings. @throws CancelledError */
export async function predictSamplesAtCheckpoint(
  asked: PredictSamples,
): Promise<{ clean: Prediction; perturbed: Prediction[] }> {
  const { image, samplesOf, signal, yieldTurn } = asked;
  const batchSize = explainBatchSize(asked);
  return withWeights(asked, async (weights) => {
    const seeing = { ...asked, weights };
    const known = asked.clean === undefined ? await predictWithHeatmaps(seeing, image, image.pixels, 1) : [asked.clean];
    const clean = known[0] as Prediction;
    const perturbed: Prediction[] = [];
    for (let first = 0; first < samplesOf.length; first += batchSize) {
      if (signal.aborted) throw new CancelledError();
      const batch = samplesOf.slice(first, first + batchSize).map((drawing) => drawing());
      const pixels = new Float32Array(batch.length * image.pixels.length);
      batch.forEach((perturbed, i) => pixels.set(perturbed, i * image.pixels.length));
      const targets = batch.map(() => clean.predicted);
      perturbed.push(...(await predictWithHeatmaps(seeing, image, pixels, batch.length, targets)));
      await yieldTurn();
    }
    return { clean, perturbed };
  });
}

/** What a checkpoint takes each image of a set for. @throws CancelledError, WorkError */
export async function predictAtCheckpoint(
  model: Model,
  checkpoint: HashedCheckpoint,
  set: ImageSource,
  input: InputSettings,
  watch: { signal: AbortSignal; progress: (done: number, of: number) => void; yieldTurn: YieldTurn },
): Promise<ClassIndices> {
  const { signal, progress, yieldTurn } = watch;
  return withWeights({ model, checkpoint }, async (weights) => {
    const result = await evaluate(model, weights, set, input, { signal, progress, heartbeat: yieldTurn });
    requirePredictions(result);
    return result.predictions;
  });
}

export interface ScoreAtCheckpoint extends AtCheckpoint, Omit<ScoreOptions, 'weights' | 'untrained' | 'knownMaps'> {
  /** Of one checkpoint and chunk. */
  readonly cells: readonly Cell[];
}

/** Scores cells, all of a checkpoint before the next. @throws CancelledError, WorkError */
export function createScorer() {
  const knownMaps: ScoreOptions['knownMaps'] = new Map();
  return (asked: ScoreAtCheckpoint): Promise<FaithfulnessValues[]> =>
    withWeights(asked, async (weights) => {
      const score = (untrained?: TensorWeights) => scoreCells(asked.cells, { ...asked, weights, untrained, knownMaps });
      const untrained = asked.cells.flatMap((cell) =>
        cell.score !== 'clean' && cell.subject.kind === 'untrained' ? [cell.subject.checkpoint] : [],
      )[0];
      if (untrained === undefined) return score();
      return withWeights({ model: asked.model, checkpoint: untrained, next: asked.next }, score);
    });
}

export interface MeasurerOf extends MapsOf {
  readonly test: ImageSource;
  /** Perturbed images are then kept in memory for the next one, and predictions of clean ones for the next entry. */
  readonly severalCheckpoints: boolean;
}

/**
 * Measures entries at checkpoints, all of a checkpoint before the next.
 * @throws CancelledError, and WorkError where a checkpoint gives no finite numbers: such a test neither passes nor fails
 */
export function createMeasurer({ severalCheckpoints, ...of }: MeasurerOf) {
  const perturb = severalCheckpoints ? createPerturbedStore() : perturbBatch;
  let last: { readonly hash: string; readonly clean: CleanPredictions } | undefined;
  return (
    checkpoint: HashedCheckpoint,
    entry: Perturbation,
    steps: MeasureSteps,
    next?: HashedCheckpoint,
    parts?: PartsToMeasure,
  ) =>
    withWeights({ model: of.model, checkpoint, next }, (weights) => {
      if (last?.hash !== checkpoint.hash) last = { hash: checkpoint.hash, clean: new Map() };
      return measure({ ...of, weights, perturb }, last.clean, entry, steps, parts);
    });
}

export interface PredictorOf {
  readonly model: Model;
  readonly input: InputSettings;
  /** Perturbed images are then kept in memory for the next one. */
  readonly severalCheckpoints: boolean;
}

/** Logits of images at checkpoints, all of a checkpoint before the next. @throws as `predictLogits` does */
export function createPredictor({ model, input, severalCheckpoints }: PredictorOf) {
  const perturb = severalCheckpoints ? createPerturbedStore() : perturbBatch;
  return (checkpoint: HashedCheckpoint, images: ImagesToPredict, steps: MeasureSteps, next?: HashedCheckpoint) =>
    withWeights({ model, checkpoint, next }, (weights) =>
      predictLogits({ model, weights, input, perturb }, images, steps),
    );
}

/** Attacks images at checkpoints, all of a checkpoint before the next. @throws as `attackFirst` does */
export function createAttacker({ model, input }: Omit<PredictorOf, 'severalCheckpoints'>) {
  return (
    checkpoint: HashedCheckpoint,
    images: ImagesToAttack,
    steps: MeasureSteps,
    next?: HashedCheckpoint,
  ): Promise<AttackedImages> =>
    withWeights({ model, checkpoint, next }, (weights) => attackFirst({ model, weights, input }, images, steps));
}
