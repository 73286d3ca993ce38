/** Sum and mean over axes that lie side by side and leave the last alone, such as an image's height and width. */
import * as tf from '@tensorflow/tfjs-core';
import type { Heap } from './heap';
import type { Kernels } from './kernels';
import { register, registered } from './register';

interface ReductionAttributes {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

export function registerSums(heap: Heap, kernels: Kernels): void {
  const summing = (kernelName: string, factorFor: (rows: number) => number): void => {
    const stock = registered<ReductionAttributes>(kernelName);
    register<ReductionAttributes>(kernelName, (inputs, attributes) => {
      const { x } = inputs as { x: tf.TensorInfo };
      const axes = tf.util.parseAxisParam(attributes.axis, x.shape);
      const [first = 0, last = -1] = [axes[0], axes.at(-1)];
      const adjacent = axes.every((axis, i) => axis === first + i);
      // The stock kernels transpose the tensor first, but for the last axis, where they need not.
      if (x.dtype !== 'float32' || !adjacent || axes.length === 0 || last === x.shape.length - 1) {
        return stock(inputs, attributes);
      }
      const [outer, rows, channels] = [
        x.shape.slice(0, first),
        x.shape.slice(first, last + 1),
        x.shape.slice(last + 1),
      ];
      const y = heap.allocate([...outer, ...(attributes.keepDims ? rows.map(() => 1) : []), ...channels]);
      const count = product(rows);
      const sizes = [product(outer), count, product(channels)] as const;
      kernels.sumRows(...sizes, heap.addressOf(x), factorFor(count), heap.addressOf(y));
      return y;
    });
  };
  summing(tf.Sum, () => 1);
  summing(tf.Mean, (rows) => 1 / rows);
}

function product(lengths: readonly number[]): number {
  return lengths.reduce((result, length) => result * length, 1);
}
