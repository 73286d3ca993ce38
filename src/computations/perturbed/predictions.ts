/** Checkpoints' views of images and their perturbed pictures: those that are kept, and the rest as it is computed. */
import { CancelledError } from '../../common/errors';
import type { ImageToExplain } from '../heatmaps/explain';
import type { Prediction } from '../robustness/predict';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { PredictSamples } from '../compute';
import type { Sample } from './samples';
import { inParallel } from '../../common/inParallel';
import type { PredictionStore } from './store';

/** An image with its place in the request. */
export interface Placed {
  readonly position: number;
  readonly image: ImageToExplain;
  readonly hash: string;
  readonly drawn: readonly Sample[];
}

/** An image at a checkpoint. */
export interface Pair {
  readonly checkpoint: HashedCheckpoint;
  readonly placed: Placed;
}

/** What a checkpoint sees of an image, and of its pictures in their order. */
export interface Views {
  readonly clean: Prediction;
  readonly perturbed: readonly Prediction[];
}

export type Deliver = (pair: Pair, views: Views) => void;

/** @returns the pairs of which not all is kept. @throws CancelledError */
export async function deliverKept(
  store: PredictionStore,
  pairs: readonly Pair[],
  deliver: Deliver,
  signal: AbortSignal,
): Promise<Pair[]> {
  const missing: Pair[] = [];
  for (const pair of pairs) {
    if (signal.aborted) throw new CancelledError();
    const { clean, perturbed } = await load(store, pair);
    const known = perturbed.filter((view) => view !== undefined);
    if (clean === undefined || known.length < perturbed.length) missing.push(pair);
    else deliver(pair, { clean, perturbed: known });
  }
  return missing;
}

export interface SamplesPlan extends Pick<PredictSamples, 'model' | 'input' | 'targetLayer' | 'signal' | 'yieldTurn'> {
  readonly store: PredictionStore;
  readonly onWarning: (text: string, error: unknown) => void;
}

/** After the engine was started. @throws CancelledError, WorkError */
export async function computeViews(pairs: readonly Pair[], plan: SamplesPlan, deliver: Deliver): Promise<void> {
  const { predictSamplesAtCheckpoint } = await import('../compute');
  for (const [at, pair] of pairs.entries()) {
    if (plan.signal.aborted) throw new CancelledError();
    const { checkpoint, placed } = pair;
    const next = pairs.slice(at).find((later) => later.checkpoint !== checkpoint)?.checkpoint;
    const { image, drawn } = placed;
    // Whoever had the turn before may have computed the same.
    const known = await load(plan.store, pair);
    const left = drawn.filter((_, i) => known.perturbed[i] === undefined);
    const asked = { ...plan, checkpoint, next, image, clean: known.clean, samplesOf: left.map(({ draw }) => draw) };
    const { clean, perturbed } = await predictSamplesAtCheckpoint(asked);
    const computed = new Map(left.map((each, i) => [each, perturbed[i] as Prediction]));
    const all = drawn.map((each, i) => known.perturbed[i] ?? (computed.get(each) as Prediction));
    deliver(pair, { clean, perturbed: all });
    await keep(plan.store, pair, clean, computed).catch((error: unknown) => {
      plan.onWarning('views could not be kept', error);
    });
  }
}

async function load(store: PredictionStore, { checkpoint, placed }: Pair) {
  const [clean, ...perturbed] = await inParallel([undefined, ...placed.drawn], (drawn) =>
    store.load(checkpoint.hash, placed.hash, drawn),
  );
  return { clean, perturbed };
}

async function keep(
  store: PredictionStore,
  { checkpoint: { hash }, placed }: Pair,
  clean: Prediction,
  perturbed: ReadonlyMap<Sample, Prediction>,
): Promise<void> {
  await store.store(hash, placed.hash, clean);
  await inParallel([...perturbed], ([drawn, prediction]) => store.store(hash, placed.hash, prediction, drawn));
}
