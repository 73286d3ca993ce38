/**
 * What the published study reports that this program lets anyone check: EfficientNet-B0 on CIFAR-10, one training,
 * without intervals. It tells neither input size, learning rate nor batch size; its accuracies imply ImageNet weights
 * and a resized input.
 */
import { augmentationText } from '../augmentations';
import { wholeText } from '../common/counted';
import type { DataFile, Run } from '../runs';
import { recipeSentences } from '../study';

/** Per cent, by epoch. */
const ACCURACY: Readonly<Record<number, readonly [train: number, test: number]>> = {
  1: [74.21, 87.78],
  2: [91.22, 90.91],
  3: [94.56, 91.93],
  4: [96.22, 92.79],
  5: [97.52, 92.98],
  10: [99.5, 93.71],
  15: [99.85, 94.06],
  20: [99.91, 94.33],
};

/** Of the highest probability of the clean image, under ten occluded pixels, by epoch. */
const CONFIDENCE_DROP: Readonly<Record<number, number>> = { 1: 0.0038, 2: 0.0053, 3: 0.0044, 20: 0.0132 };

export const PUBLISHED_SOURCE =
  'the published study of EfficientNet-B0 on CIFAR-10 (20 epochs, 50,000 training and 10,000 test images; one training, no intervals)';

export function publishedAccuracy(epoch: number): { readonly train: number; readonly test: number } | undefined {
  const found = ACCURACY[epoch];
  return found && { train: found[0], test: found[1] };
}

export function publishedDrop(epoch: number): number | undefined {
  return CONFIDENCE_DROP[epoch];
}

/** Whether the run is of what the published study is of: only then do its numbers stand beside. */
export function hasPublishedShape({ study, manifest }: Run): boolean {
  // Of a checkpoint of which nothing says the epoch there is no number to stand beside.
  if (manifest.imported?.files.some(({ epochFrom }) => epochFrom === 'nothing') === true) return false;
  return manifest.dataset.kind === 'cifar10' && study.model.architecture === 'efficientnet_b0';
}

/** What this run does otherwise, so that nobody takes a difference in numbers for a finding. */
export function differencesFromPublished({ study, manifest }: Run): string[] {
  const { model } = study;
  const differences: string[] = [];
  if (manifest.imported === undefined) differences.push(...trainingDifferences(study));
  else differences.push('how these checkpoints were trained is not known here');
  if (model.inputSize === 32) differences.push('this run sees images at their own 32×32, the published one enlarged');
  const { train, test } = imageCounts(manifest.dataset.files ?? []);
  // Runs of older versions do not say which files they used.
  if (train + test > 0 && (train !== 50_000 || test !== 10_000)) {
    const counts = `${wholeText(train)} training and ${wholeText(test)} test images`;
    differences.push(`this run has ${counts}, the published one 50,000 and 10,000`);
  }
  return differences;
}

function imageCounts(files: readonly DataFile[]): { readonly train: number; readonly test: number } {
  const countOf = (isTest: boolean): number =>
    files.filter(({ name }) => name.startsWith('test') === isTest).reduce((sum, { records }) => sum + records, 0);
  return { train: countOf(false), test: countOf(true) };
}

function trainingDifferences({ model, training }: Run['study']): string[] {
  const differences: string[] = [];
  if (model.weights !== 'imagenet') {
    const weights = model.weights === 'random' ? 'random weights' : 'weights from a file';
    differences.push(`this run starts from ${weights}, the published one by its accuracies from ImageNet's`);
  }
  if (training.epochs !== 20) differences.push(`this run is of ${training.epochs} epochs, the published one of 20`);
  if (training.labels === 'permuted') differences.push('this run was trained on permuted labels');
  differences.push(...recipeSentences(training).map((sentence) => `of this run alone: ${sentence}`));
  if (training.augmentation !== 'none')
    differences.push(`this run augments images (${augmentationText(training.augmentation)})`);
  return differences;
}
