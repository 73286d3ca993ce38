/** What checkpoints get wrong: the most common confusions with an example each, fates, and the study's search. */
import { countSame, type ClassIndices } from '../../common/classIndices';
import {
  confusedPairs,
  countFates,
  epochsThatCount,
  imageFates,
  SEARCH_EPOCHS,
  searchErrors,
  searchOrder,
  type EpochPredictions,
} from '../../measures/misclassified';
import type { FatesContent, MisclassifiedContent, Part } from '../content';
import { isEpoch, weightsAt } from '../../runs';
import { absent, there, type CollectOptions } from './request';
import { collectErrorHeatmaps } from './misclassifiedHeatmaps';

/** So many of a checkpoint's confusions are told, and shown. */
const SHOWN_CONFUSIONS = 4;

interface Predicted {
  readonly labels: ClassIndices;
  /** The trained ones, which alone can err in more than by chance; one from before training where it is alone. */
  readonly epochs: readonly EpochPredictions[];
}

export async function collectMisclassified(asking: CollectOptions): Promise<Part<MisclassifiedContent>> {
  const { labels, epochs } = await predict(asking);
  if (labels.length === 0) return absent('The data set has no test images.');
  const { seed } = asking.run.study.training;
  const order = searchOrder(labels.length, seed);
  const counted = epochs.map(({ epoch, predictions }) => ({
    epoch,
    predictions,
    confusions: confusedPairs(labels, predictions).slice(0, SHOWN_CONFUSIONS),
  }));
  const search = epochs.filter(({ epoch }) => SEARCH_EPOCHS.includes(epoch) && isEpoch(asking.run.manifest, epoch));
  const found = search.length === 0 ? [] : searchErrors(labels, search, seed);
  const lastEpoch = epochs.at(-1)?.epoch ?? 0;

  const examples = counted.map(({ epoch, predictions, confusions }) => ({
    epoch,
    // Of each confusion the first image in the search's order.
    images: confusions.map(
      ({ label, predicted }) =>
        order.find((image) => labels[image] === label && predictions[image] === predicted) as number,
    ),
  }));
  const errors = found.map(({ epoch, found: error }) => ({ epoch, images: error === null ? [] : [error.image] }));
  const looks = await collectErrorHeatmaps(asking, [...examples, ...errors], lastEpoch);
  return there({
    images: labels.length,
    epochs: counted.map(({ epoch, predictions, confusions }, at) => ({
      epoch,
      wrong: labels.length - countSame(predictions, labels),
      correct: Array.from(predictions, (predicted, image) => Number(predicted === labels[image])),
      confusions,
      examples: (examples[at]?.images ?? []).map((image) => looks.figure(image, epoch)),
    })),
    fates: epochs.length < 2 ? null : fatesOf(labels, epochs),
    search: {
      seed,
      lastEpoch,
      found: found.map(({ epoch, found: error }) => ({
        epoch,
        error: error && {
          lookedAt: error.lookedAt,
          figure: looks.figure(error.image, epoch),
          last: looks.last(error.image),
        },
      })),
    },
  });
}

function fatesOf(labels: ClassIndices, epochs: readonly EpochPredictions[]): FatesContent {
  const fates = imageFates(labels, epochs);
  return {
    epochs: epochs.map(({ epoch }) => epoch),
    counts: countFates(fates),
    forgettingEvents: fates.reduce((sum, { forgettingEvents }) => sum + forgettingEvents, 0),
  };
}

async function predict({ request, run, epochs, progress }: CollectOptions): Promise<Predicted> {
  const wanted = epochsThatCount(
    epochs.map((epoch) => ({ epoch })),
    (epoch) => weightsAt(run.manifest, epoch),
  );
  const all: EpochPredictions[] = [];
  let labels: ClassIndices = new Uint8Array();
  for (const [at, { epoch }] of wanted.entries()) {
    const count = progress.count(`test images predicted by epoch ${epoch} (${at + 1} of ${wanted.length})`);
    const result = await request('predictions', { run: run.folder, epoch, set: 'test' }, ({ done, of }) =>
      count(done, of),
    );
    all.push({ epoch, predictions: result.predictions });
    labels = result.labels;
  }
  return { labels, epochs: all };
}
