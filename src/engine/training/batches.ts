import * as tf from '@tensorflow/tfjs-core';
import { InputError } from '../../common/errors';
import { flipCrop, gatherBatch, toInput, type ImageSet, type InputSettings } from '../data';
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
 * An epoch's order cut into batches. A single image that would be left over is left out: batch norm has no variance of
 * one value.
 */
export function cutIntoBatches(order: Uint32Array, batchSize: number): Uint32Array[] {
  const batches: Uint32Array[] = [];
  for (let start = 0; start < order.length; start += batchSize) batches.push(order.subarray(start, start + batchSize));
  if (batchSize > 1 && batches.length > 1 && batches.at(-1)?.length === 1) batches.pop();
  return batches;
}

/**
 * A batch of one image has no variance where a feature map is a single position.
 * @throws InputError, as PyTorch refuses it too
 */
export function checkBatchSize(model: Model, count: number, batchSize: number): void {
  const point = model.stages.find(({ height, width }) => height * width === 1);
  if (point === undefined || Math.min(count, batchSize) > 1) return;
  throw new InputError('batch norm has no variance of one value', {
    place: batchSize === 1 ? 'training.batchSize' : 'dataset.trainLimit',
    found: `batches of one image, and at ${point.name} one position of it`,
    expected: 'batches of two images at least, or a larger model.inputSize',
  });
}
