/** Limits by which images were trained and tested on. */
import { wholeText } from '../../common/counted';
import { DATASET_KINDS, isDrawn } from '../../datasets/datasetKinds';
import { choosingAccuracies, isTrainedHere } from '../../runs';
import { LEAST_IMAGES } from '../../statistics';
import type { Limit } from './limit';

export const DATA_LIMITS: readonly Limit[] = [
  {
    id: 'bestByTestImages',
    text: ({ run: { manifest }, metrics }) =>
      manifest.imported === undefined &&
      choosingAccuracies(metrics).chosenBy === 'test' &&
      metrics.filter(({ testAccuracy }) => testAccuracy !== null).length > 1
        ? 'There are no validation images (`dataset.validation`): where an epoch is called best, the test images themselves chose it, and its test accuracy is too high an estimate.'
        : undefined,
  },
  {
    id: 'testSubset',
    text({ run: { manifest }, images: { test } }) {
      const all = DATASET_KINDS.find(({ kind }) => kind === manifest.dataset.kind)?.onDisk?.archive?.images.test;
      return all !== undefined && test < all
        ? `The test images are the first ${wholeText(test)} of ${wholeText(all)}: the numbers are not those of the whole test set.`
        : undefined;
    },
  },
  {
    id: 'trainSubset',
    text({ run: { manifest }, images: { train } }) {
      const all = DATASET_KINDS.find(({ kind }) => kind === manifest.dataset.kind)?.onDisk?.archive?.images.train;
      return isTrainedHere(manifest) && all !== undefined && train < all
        ? `It was trained on ${wholeText(train)} of ${wholeText(all)} training images.`
        : undefined;
    },
  },
  {
    id: 'fewTestImages',
    text: ({ images: { test } }) =>
      test < LEAST_IMAGES
        ? `There are ${wholeText(test)} test images: below ${LEAST_IMAGES} means of probabilities have no interval here, and such numbers are one draw.`
        : undefined,
  },
  {
    id: 'drawnImages',
    text: ({ run: { manifest } }) =>
      isDrawn(manifest.dataset.kind)
        ? 'The images are drawn by the program: they say how the method behaves where the truth is known, and nothing of photographs.'
        : undefined,
  },
  {
    id: 'smallImages',
    text: ({ run: { manifest, study }, images: { height } }) =>
      !isDrawn(manifest.dataset.kind) && height < study.model.inputSize
        ? `The images have ${height}×${height} pixels and are enlarged to ${study.model.inputSize}×${study.model.inputSize}: heatmaps cannot show finer than the images are.`
        : undefined,
  },
];
