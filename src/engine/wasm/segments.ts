/** The sum of rows by a segment number each, which is the gradient of a gather. The stock backend has none. */
import type * as tf from '@tensorflow/tfjs-core';
import { UnsortedSegmentSum } from '@tensorflow/tfjs-core';
import { type Heap, sizeOf } from './heap';
import { register } from './register';

export function registerSegments(heap: Heap): void {
  register<{ numSegments: number }>(UnsortedSegmentSum, (inputs, { numSegments }) => {
    const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
    const [rows = 0, ...rest] = x.shape;
    const width = sizeOf(x) / rows;
    const y = heap.allocate([numSegments, ...rest]);
    const [from, to] = [x, y].map(
      (tensor) => new Float32Array(heap.memory.buffer, heap.addressOf(tensor), sizeOf(tensor)),
    ) as [Float32Array, Float32Array];
    const segments = new Int32Array(heap.memory.buffer, heap.addressOf(segmentIds), rows);
    to.fill(0);
    segments.forEach((segment, row) => {
      for (let column = 0; column < width; column++) {
        to[segment * width + column] =
          (to[segment * width + column] as number) + (from[row * width + column] as number);
      }
    });
    return y;
  });
}
