/** Slices and padding, which are each other's gradients: a box copied out of a tensor, or into one. */
import * as tf from '@tensorflow/tfjs-core';
import { type Heap, sizeOf } from './heap';
import type { Kernels, Quadruple, Triple } from './kernels';
import { register, registered } from './register';

interface SliceAttributes {
  readonly begin: number[];
  readonly size: number[];
}

interface PadAttributes {
  readonly paddings: [number, number][];
  readonly constantValue: number;
}

export function registerBoxes(heap: Heap, kernels: Kernels): void {
  const stockSlice = registered<SliceAttributes>(tf.Slice);
  // The stock kernel first copies the whole tensor out of the heap.
  register<SliceAttributes>(tf.Slice, (inputs, attributes) => {
    const { x } = inputs as { x: tf.TensorInfo };
    if (!isPlain(x)) return stockSlice(inputs, attributes);
    const [begin, size] = tf.slice_util.parseSliceParams(x, attributes.begin, attributes.size) as [number[], number[]];
    const y = heap.allocate(size, x.dtype);
    const [from, to] = [steps(x.shape), steps(size)];
    const source = heap.addressOf(x) + 4 * offset(begin, x.shape);
    kernels.copyBox(source, ...from, heap.addressOf(y), ...to, ...fourAxes(size, 1));
    return y;
  });

  const stockPad = registered<PadAttributes>(tf.PadV2);
  register<PadAttributes>(tf.PadV2, (inputs, attributes) => {
    const { x } = inputs as { x: tf.TensorInfo };
    const { paddings, constantValue } = attributes;
    if (!isPlain(x) || (constantValue !== 0 && x.dtype !== 'float32')) return stockPad(inputs, attributes);
    const shape = x.shape.map((length, axis) => length + (paddings[axis]?.[0] ?? 0) + (paddings[axis]?.[1] ?? 0));
    const y = heap.allocate(shape, x.dtype);
    heap.fill(heap.addressOf(y), sizeOf(y), constantValue);
    const target =
      heap.addressOf(y) +
      4 *
        offset(
          paddings.map(([before]) => before),
          shape,
        );
    kernels.copyBox(heap.addressOf(x), ...steps(x.shape), target, ...steps(shape), ...fourAxes(x.shape, 1));
    return y;
  });
}

/** Elements of 4 bytes, and no more than four axes. */
function isPlain({ shape, dtype }: tf.TensorInfo): boolean {
  return (dtype === 'float32' || dtype === 'int32') && shape.length <= 4;
}

/** With as many axes of length `fill` in front as make four. */
function fourAxes(shape: readonly number[], fill: number): Quadruple {
  return [...new Array<number>(4 - shape.length).fill(fill), ...shape] as unknown as Quadruple;
}

/** How far apart neighbours along the first three of four axes are. */
function steps(shape: readonly number[]): Triple {
  const [, b, c, d] = fourAxes(shape, 1);
  return [b * c * d, c * d, d];
}

/** Of the element at a position, counted in elements. */
function offset(position: readonly number[], shape: readonly number[]): number {
  const [a, b, c] = steps(shape);
  const [i, j, k, l] = fourAxes(position, 0);
  return i * a + j * b + k * c + l;
}
