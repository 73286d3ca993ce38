/** Batch normalisation; in training, reserve 0 is the mean and reserve 1 the inverse of the standard deviation, both [c]. */
import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_TRAINING, BATCH_NORM_TRAINING_GRAD } from '../kernelNames';
import { type Heap, sizeOf } from './heap';
import type { Kernels } from './kernels';
import { register, registered } from './register';

type Input<Name extends string> = Record<Name, tf.TensorInfo>;
type Maybe<Name extends string> = Partial<Input<Name>>;

export function registerBatchNorm(heap: Heap, kernels: Kernels): void {
  const at = heap.addressOf;

  register<{ epsilon: number }>(BATCH_NORM_TRAINING, (inputs, { epsilon }) => {
    const { x, gamma, beta } = inputs as Input<'x' | 'gamma' | 'beta'>;
    const channels = sizeOf(gamma);
    const y = heap.allocate(x.shape);
    const statistic = () => heap.allocate(gamma.shape);
    const [mean, variance, reserveMean, inverse] = [statistic(), statistic(), statistic(), statistic()];
    kernels.batchNormForward(
      sizeOf(x) / channels,
      channels,
      at(x),
      at(gamma),
      at(beta),
      epsilon,
      at(y),
      at(mean),
      at(variance),
      at(inverse),
      heap.scratch(3 * channels),
    );
    heap.copy(mean, reserveMean);
    return [y, mean, variance, reserveMean, inverse];
  });

  // TensorFlow.js's own takes five times as long. It stays for what models have no use for: other shapes, and defaults.
  const general = registered<{ varianceEpsilon: number }>(tf.FusedBatchNorm);
  register<{ varianceEpsilon: number }>(tf.FusedBatchNorm, (inputs, attributes) => {
    const { x, scale, offset, mean, variance } = inputs as Input<'x' | 'mean' | 'variance'> & Maybe<'scale' | 'offset'>;
    if (scale === undefined || offset === undefined) return general(inputs, attributes);
    const channels = x.shape.at(-1) as number;
    if ([scale, offset, mean, variance].some(({ shape }) => shape.join() !== `${channels}`)) {
      return general(inputs, attributes);
    }
    const y = heap.allocate(x.shape);
    kernels.batchNormInference(
      sizeOf(x) / channels,
      channels,
      at(x),
      at(scale),
      at(offset),
      at(mean),
      at(variance),
      attributes.varianceEpsilon,
      at(y),
      heap.scratch(channels),
    );
    return y;
  });

  register(BATCH_NORM_TRAINING_GRAD, (inputs) => {
    const { dy, x, gamma, reserve0, reserve1 } = inputs as Input<'dy' | 'x' | 'gamma' | 'reserve0' | 'reserve1'>;
    const channels = sizeOf(gamma);
    const [dx, dgamma, dbeta] = [heap.allocate(x.shape), heap.allocate(gamma.shape), heap.allocate(gamma.shape)];
    kernels.batchNormGradient(
      sizeOf(x) / channels,
      channels,
      at(dy),
      at(x),
      at(gamma),
      at(reserve0),
      at(reserve1),
      at(dx),
      at(dgamma),
      at(dbeta),
      heap.scratch(3 * channels),
    );
    return [dx, dgamma, dbeta];
  });
}
