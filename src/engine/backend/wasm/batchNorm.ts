/** Batch normalisation in training; reserve 0 is the mean and reserve 1 the inverse of the standard deviation, both [c]. */
import type * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_TRAINING, BATCH_NORM_TRAINING_GRAD } from '../kernelNames';
import { type Heap, sizeOf } from './heap';
import type { Kernels } from './kernels';
import { register } from './register';

type Input<Name extends string> = Record<Name, tf.TensorInfo>;

export function registerBatchNorm(heap: Heap, kernels: Kernels): void {
  const at = heap.addressOf;

  register<{ epsilon: number }>(BATCH_NORM_TRAINING, (inputs, { epsilon }) => {
    const { x, gamma, beta } = inputs as Input<'x' | 'gamma' | 'beta'>;
    const channels = sizeOf(gamma);
    const y = heap.allocate(x.shape);
    const statistic = () => heap.allocate(gamma.shape);
    const [mean, variance, reserveMean, inverse] = [statistic(), statistic(), statistic(), statistic()];
    kernels.batchNormForward(
      ...([sizeOf(x) / channels, channels, at(x), at(gamma), at(beta), epsilon] as const),
      ...([at(y), at(mean), at(variance), at(inverse), heap.scratch(3 * channels)] as const),
    );
    heap.copy(mean, reserveMean);
    return [y, mean, variance, reserveMean, inverse];
  });

  register(BATCH_NORM_TRAINING_GRAD, (inputs) => {
    const { dy, x, gamma, reserve0, reserve1 } = inputs as Input<'dy' | 'x' | 'gamma' | 'reserve0' | 'reserve1'>;
    const channels = sizeOf(gamma);
    const [dx, dgamma, dbeta] = [heap.allocate(x.shape), heap.allocate(gamma.shape), heap.allocate(gamma.shape)];
    kernels.batchNormGradient(
      ...([sizeOf(x) / channels, channels, at(dy), at(x), at(gamma), at(reserve0), at(reserve1)] as const),
      ...([at(dx), at(dgamma), at(dbeta), heap.scratch(3 * channels)] as const),
    );
    return [dx, dgamma, dbeta];
  });
}
