import * as tf from '@tensorflow/tfjs-core';
import type { TargetLayer } from '../architectures';
import { InputError } from '../common/errors';
import { flipCrop } from './augmentation';
import { gatherBatch, type ImageSet } from '../datasets';
import { toInput, type InputSettings } from '../models/input';
import type { Model } from '../models/model';
import type { Batch } from './step';

/** How training images are met in one epoch. */
export interface EpochDraw {
  readonly seed: number;
  readonly epoch: number;
  readonly augmentation: 'none' | 'flipCrop';
}

/** A training batch in the engine; the caller disposes both tensors. */
export function trainingBatch(set: ImageSet, indices: Uint32Array, input: InputSettings, draw: EpochDraw): Batch {
  const plain = gatherBatch(set, indices);
  const batch = draw.augmentation === 'none' ? plain : flipCrop(plain, set.height, set.width, { ...draw, indices });
  return {
    images: toInput(batch.pixels, indices.length, set.height, set.width, input),
    labels: tf.tensor1d(Int32Array.from(batch.labels), 'int32'),
  };
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

export interface BatchSizes {
  readonly batchSize: number;
  readonly microBatchSize?: number | undefined;
}

/**
 * A batch of one image, or a part of one image, has no variance where a feature map is a single position.
 * @param count of training images
 * @throws InputError, as PyTorch refuses it too
 */
export function checkBatchSize(
  model: Model,
  count: number,
  { batchSize, microBatchSize = batchSize }: BatchSizes,
): void {
  const batch = Math.min(count, batchSize);
  const smallest = Math.floor(batch / Math.ceil(batch / microBatchSize));
  if (smallest >= fewestImages(model)) return;
  const small = batchSize === 1 ? 'training.batchSize' : 'dataset.trainLimit';
  throw new InputError('batch norm has no variance of one value', {
    place: batch === 1 ? small : 'training.microBatchSize',
    found: `${batch === 1 ? 'batches' : 'parts'} of one image, and at ${pointOf(model)?.name ?? ''} one position of it`,
    expected: 'two images at least, or a larger model.inputSize',
  });
}

/** How many images a part of a batch has at least. */
export function fewestImages(model: Model): 1 | 2 {
  return pointOf(model) === undefined ? 1 : 2;
}

/** The first feature map that is a single position. */
function pointOf({ targetLayers }: Model): TargetLayer | undefined {
  return targetLayers.find(({ height, width }) => height * width === 1);
}
