import * as tf from '@tensorflow/tfjs-core';
import { InputError } from '../common/errors';
import { augment, isHeavy } from '../augmentations';
import { readImages, type ImageBatch, type ImageSource } from '../datasets';
import { toInput, type InputSettings } from '../models/input';
import type { Model } from '../models/model';
import { batchProblem, pointOf, type BatchSizes } from '../study';
import { augmenting } from './augmenting/pool';
import type { EpochDraw } from './epochDraw';
import type { MixedBatch } from './mixup';
import type { Batch, BatchToAttack } from './step';
import type { BatchLabels } from './targets';

/**
 * Training images as an epoch meets them; what is expensive is done in a thread.
 * @param mean that normalisation brings to zero, of values in [0, 1]
 * @throws as `readImages` does
 */
export async function augmentedImages(
  set: ImageSource,
  indices: Uint32Array,
  { augmentation, ...draw }: EpochDraw,
  { mean }: Pick<InputSettings, 'mean'>,
  signal?: AbortSignal,
): Promise<ImageBatch> {
  const plain = await readImages(set, indices, signal);
  if (augmentation === 'none') return plain;
  const batch = { height: set.height, width: set.width, pixels: plain.pixels };
  const drawn = { ...draw, indices };
  const pixels = isHeavy(augmentation)
    ? (await augmenting.run({ batch, augmentation, draw: drawn, mean }, signal)).pixels
    : augment(batch, augmentation, drawn, mean);
  return { pixels, labels: plain.labels };
}

/** A training batch in the engine; the caller disposes its tensors. */
export function trainingBatch(
  batch: ImageBatch | MixedBatch,
  { height, width }: Pick<ImageSource, 'height' | 'width'>,
  input: InputSettings,
): Batch {
  return { images: toInput(batch.pixels, batch.labels.length, height, width, input), ...labelsOf(batch) };
}

/**
 * A training batch that is attacked before it is trained on; the caller disposes its tensors.
 * @param offsets where attacks start, as `drawnOffsets` has them
 */
export function batchToAttack(
  batch: ImageBatch | MixedBatch,
  { height, width }: Pick<ImageSource, 'height' | 'width'>,
  offsets: Float32Array | undefined,
): BatchToAttack {
  const shape: [number, number, number, number] = [batch.labels.length, height, width, 3];
  const pixels = tf.tensor4d(
    Float32Array.from(batch.pixels, (value) => value / 255),
    shape,
  );
  return { pixels, ...(offsets && { offsets: tf.tensor4d(offsets, shape) }), ...labelsOf(batch) };
}

function labelsOf(batch: ImageBatch | MixedBatch): BatchLabels {
  const labels = labelTensor(batch.labels);
  if (!('share' in batch)) return { labels };
  return { labels, otherLabels: labelTensor(batch.otherLabels), share: tf.scalar(batch.share) };
}

function labelTensor(labels: ImageBatch['labels']): tf.Tensor1D {
  return tf.tensor1d(Int32Array.from(labels), 'int32');
}

/**
 * An epoch's order cut into batches, all of one size unless the set is smaller. What is left over is left out of this
 * epoch, as timm's training loader does: the batch statistics of a handful of images, just before a checkpoint is kept,
 * cost it several per cent of accuracy.
 */
export function cutIntoBatches(order: Uint32Array, batchSize: number): Uint32Array[] {
  const size = Math.min(batchSize, order.length);
  const count = size === 0 ? 0 : Math.floor(order.length / size);
  return Array.from({ length: count }, (_, batch) => order.subarray(batch * size, (batch + 1) * size));
}

/** A batch cut into as few micro-batches of at most `size` images as there can be, all alike but for one image. */
export function cutIntoMicroBatches(batch: Uint32Array, size: number): Uint32Array[] {
  const count = Math.ceil(batch.length / size);
  const start = (micro: number): number => Math.ceil((micro * batch.length) / count);
  return Array.from({ length: count }, (_, micro) => batch.subarray(start(micro), start(micro + 1)));
}

/** @param count of training images @throws InputError where batch norm has a single value to normalise */
export function checkBatchSize(model: Model, count: number, sizes: BatchSizes): void {
  const problem = batchProblem(model, count, sizes);
  if (problem === undefined) return;
  const { path, summary, ...details } = problem;
  throw new InputError(summary, { place: path.join('.'), ...details });
}

/** How many images a part of a batch has at least. */
export function fewestImages(model: Model): 1 | 2 {
  return pointOf(model) === undefined ? 1 : 2;
}
