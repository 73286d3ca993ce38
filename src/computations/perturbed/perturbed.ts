/** Some images under each perturbation at checkpoints of a run, to be looked at: pictures first, then predictions. */
import { CancelledError } from '../../common/errors';
import { yieldToEvents } from '../../common/yieldToEvents';
import type { Prediction } from '../../measures/robustness/prediction';
import { laterMethodKey } from '../../explanations';
import { loadPredictionMaps, openRun, storePredictionMap } from '../../runs';
import { PUBLISHED_PERTURBATIONS } from '../../perturbations';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import { checkpointsOf } from '../checkpoints';
import type { RequestOptions, Computation } from '../computation';
import { imageHash, type HashedImage } from '../heatmaps/hashedImage';
import { describeExplanation, mapsOf, type MapsOf } from '../heatmaps/mapsOf';
import { loadRequested } from '../images/requested';
import { keptOrComputed, type ResultStore } from '../keptOrComputed';
import { aboutNow } from '../madeBy';
import { describePerturbations, choosePerturbations } from '../robustness/chosenPerturbations';
import { cleanMessage, perturbedMessage } from './messages';
import { pictureMessage, samplesOf, type Sample } from './samples';
import type { PerturbedProgress, perturbedRequest } from './schema';

/** An image with its place in the request, and all samples of it. */
interface ImageAtPosition extends HashedImage {
  readonly position: number;
  readonly samples: readonly Sample[];
}

/** An image at a checkpoint. */
interface Pair {
  readonly checkpoint: HashedCheckpoint;
  readonly of: ImageAtPosition;
}

/** A prediction of a pair: of one sample, or of the image as it is. */
interface Item {
  readonly pair: Pair;
  readonly sample: Sample | undefined;
}

export const perturbed: Computation<typeof perturbedRequest> = async (params, work) => {
  const begin = performance.now();
  const { signal, progress } = work;
  const run = await openRun(params.run);
  const meant = await choosePerturbations(run, params.entries, PUBLISHED_PERTURBATIONS);
  const of = await mapsOf(run, { ...params, method: params.method ?? meant.method });
  const checkpoints = await checkpointsOf(run, params.epochs);
  const requested = await loadRequested(run, params.images, work);
  const images = params.images.flatMap((reference, position): ImageAtPosition[] => {
    const image = requested[position]?.image;
    if (image === undefined) return [];
    const hash = imageHash(image);
    return [{ position, image, hash, samples: samplesOf(meant, reference, image, hash, params.rounds) }];
  });
  progress({
    kind: 'start',
    images: requested.map(({ shown }) => shown),
    entries: describePerturbations(meant),
    classNames: [...run.manifest.dataset.classNames],
    ...describeExplanation(of),
  });
  await sendPictures(images, work);
  const pairs = checkpoints.flatMap((checkpoint) => images.map((image): Pair => ({ checkpoint, of: image })));
  const predictions = groupPairs(pairs, of, progress);
  await keptOrComputed<Item, Prediction>(
    {
      groups: pairs.map((pair) => [undefined, ...pair.of.samples].map((sample) => ({ pair, sample }))),
      store: storeOf(run.folder, of),
      priority: 'soon',
      take: (items, found) => items.forEach((item, at) => predictions.put(item, found[at] as Prediction)),
      async compute(items, computed, { yieldTurn, next }) {
        const { predictSamplesAtCheckpoint } = await import('../compute');
        const [{ pair }] = items as readonly [Item, ...Item[]];
        const samples = items.flatMap(({ sample }) => sample ?? []);
        const { clean, perturbed: found } = await predictSamplesAtCheckpoint({
          ...of,
          checkpoint: pair.checkpoint,
          next: next?.[0]?.pair.checkpoint,
          image: pair.of.image,
          clean: predictions.cleanOf(pair),
          samplesOf: samples.map(({ draw }) => draw),
          signal,
          yieldTurn,
        });
        await computed(items, samples.length < items.length ? [clean, ...found] : found);
      },
    },
    work,
  );
  return { milliseconds: performance.now() - begin };
};

function storeOf(folder: string, { model, method, input, targetLayer }: MapsOf): ResultStore<Item, Prediction> {
  const { classes, id: architecture } = model;
  const { name: layer, height, width } = targetLayer;
  const inputsOf = ({ pair, sample }: Item) => ({
    architecture,
    explanation: laterMethodKey(method),
    layer,
    input,
    checkpoint: pair.checkpoint.hash,
    image: pair.of.hash,
    draw: sample && { perturbation: sample.entry, image: sample.image, round: sample.round },
  });
  return {
    load: (items) => loadPredictionMaps(folder, items.map(inputsOf), { classes, height, width }),
    store: (item, prediction) => storePredictionMap(folder, inputsOf(item), prediction, aboutNow()),
  };
}

/** Of all checkpoints alike, and before any of them has predicted. */
async function sendPictures(
  images: readonly ImageAtPosition[],
  { signal, progress }: RequestOptions<PerturbedProgress>,
): Promise<void> {
  for (const { position, samples } of images) {
    for (const sample of samples) {
      if (signal.aborted) throw new CancelledError();
      progress(pictureMessage(position, sample));
      await yieldToEvents();
    }
  }
}

/** Tells of a pair as soon as all predictions of it are there: the clean one, then its samples in their order. */
function groupPairs(
  pairs: readonly Pair[],
  { targetLayer }: Pick<MapsOf, 'targetLayer'>,
  progress: (value: PerturbedProgress) => void,
) {
  const of = pairs.reduce((sum, pair) => sum + pair.of.samples.length, 0);
  const known = new Map<Pair, Map<Sample | undefined, Prediction>>();
  let done = 0;
  return {
    cleanOf: (pair: Pair) => known.get(pair)?.get(undefined),
    put({ pair, sample }: Item, prediction: Prediction): void {
      const ofPair = known.get(pair) ?? new Map<Sample | undefined, Prediction>();
      known.set(pair, ofPair.set(sample, prediction));
      const { position, image, samples } = pair.of;
      const clean = ofPair.get(undefined);
      if (clean === undefined || ofPair.size <= samples.length) return;
      known.delete(pair);
      const place = { image: position, epoch: pair.checkpoint.epoch, label: image.label, layer: targetLayer };
      progress(cleanMessage(place, clean));
      for (const drawn of samples) {
        const both = { clean, perturbed: ofPair.get(drawn) as Prediction };
        progress(perturbedMessage({ ...place, drawn }, both, { done: ++done, of }));
      }
    },
  };
}
