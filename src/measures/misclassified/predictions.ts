/** What checkpoints take the images of a set for: what everything else here is counted from. */
import type { ClassIndices } from '../../common/classIndices';
import { InputError } from '../../common/errors';

export interface EpochPredictions {
  readonly epoch: number;
  /** [images], a class's number each. */
  readonly predictions: ClassIndices;
}

/**
 * That each epoch says something of each image.
 *
 * @throws InputError where there are no epochs, they do not ascend, or one has not as many predictions as there are
 *   labels
 */
export function checkPredictions(labels: ClassIndices, epochs: readonly EpochPredictions[]): void {
  if (epochs.length === 0) {
    throw new InputError('there are no predictions', {
      found: 'no epochs',
      expected: 'at least one',
      advice: 'Choose a checkpoint',
    });
  }
  let previous = -1;
  for (const { epoch, predictions } of epochs) {
    if (epoch <= previous) {
      throw new InputError('the epochs are out of order', {
        place: `epoch ${epoch}`,
        found: `it after epoch ${previous}`,
        expected: 'each once, ascending',
      });
    }
    checkLength(labels, predictions, `epoch ${epoch}`);
    previous = epoch;
  }
}

/** @throws InputError where there are not as many predictions as labels */
export function checkLength(labels: ClassIndices, predictions: ClassIndices, place?: string): void {
  if (predictions.length === labels.length) return;
  throw new InputError('the predictions are not of these images', {
    ...(place === undefined ? {} : { place }),
    found: `${predictions.length} predictions`,
    expected: `${labels.length}, one for each label`,
  });
}
