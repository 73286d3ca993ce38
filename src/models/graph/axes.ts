/** One axis of a tensor at a time, whatever its others are: all in operations that have gradients on every engine. */
import * as tf from '@tensorflow/tfjs-core';

/** [before the axis, along it, behind it] */
type View = tf.Tensor3D;

export function product(lengths: readonly number[]): number {
  return lengths.reduce((result, length) => result * length, 1);
}

/** What `compute` makes of x seen with three axes, in x's place: only the axis's length may change. */
export function alongAxis<T extends tf.Tensor>(x: T, axis: number, compute: (view: View) => View): T {
  const [before, behind] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const y = compute(tf.reshape(x, [product(before), x.shape[axis] as number, product(behind)]));
  const result: tf.Tensor = tf.reshape(y, [...before, y.shape[1], ...behind]);
  return result as T;
}

/** Of the view, `length` positions from `begin` on. */
export function cut(view: View, begin: number, length: number): View {
  const [outer, whole, inner] = view.shape;
  return begin === 0 && length === whole ? view : tf.slice(view, [0, begin, 0], [outer, length, inner]);
}

/** Zeros before and behind. */
export function extend(view: View, before: number, behind: number): View {
  if (before === 0 && behind === 0) return view;
  return tf.pad(view, [
    [0, 0],
    [before, behind],
    [0, 0],
  ]);
}

/** Every `step`-th position from the first on: ⌈length ÷ step⌉ of them. */
export function subsample(view: View, step: number): View {
  if (step === 1) return view;
  const [outer, length, inner] = view.shape;
  const count = Math.ceil(length / step);
  const whole = extend(view, 0, count * step - length);
  const first = tf.slice(tf.reshape(whole, [outer, count, step * inner]), [0, 0, 0], [outer, count, inner]);
  return first as View;
}

/** `step` − 1 zeros between each two positions: (length − 1)·step + 1 of them. */
export function spread(view: View, step: number): View {
  if (step === 1) return view;
  const [outer, length, inner] = view.shape;
  const padded = tf.pad(view, [
    [0, 0],
    [0, 0],
    [0, (step - 1) * inner],
  ]);
  return cut(tf.reshape(padded, [outer, length * step, inner]), 0, (length - 1) * step + 1);
}

/** The whole so many times, one behind the other. The sum with zeros is faster than a tile, and so is its gradient. */
export function repeat(view: View, times: number): View {
  if (times === 1) return view;
  const [outer, length, inner] = view.shape;
  const repeated = tf.add(tf.reshape(view, [outer, 1, length * inner]), tf.zeros([1, times, 1]));
  return tf.reshape(repeated, [outer, times * length, inner]);
}

/**
 * A matrix times each column along the axis: [outer, length, inner] → [outer, rows, inner].
 * @param matrix [rows, length], of numbers that no gradient is asked of
 */
export function multiplyAlong(view: View, matrix: readonly (readonly number[])[]): View {
  const [outer, length, inner] = view.shape;
  const rows = matrix.length;
  const flat = tf.reshape<tf.Rank.R2>(tf.transpose(view, [1, 0, 2]), [length, outer * inner]);
  const made = tf.matMul(tf.tensor2d(Float32Array.from(matrix.flat()), [rows, length]), flat);
  return tf.transpose(tf.reshape<tf.Rank.R3>(made, [rows, outer, inner]), [1, 0, 2]);
}

/** Broadcast to the shape, as NumPy does. */
export function expand(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const offset = shape.length - x.rank;
  const isSame = (length: number, axis: number): boolean => axis >= offset && x.shape[axis - offset] === length;
  if (offset === 0 && shape.every(isSame)) return x;
  return tf.add(x, tf.zeros(shape.map((length, axis) => (isSame(length, axis) ? 1 : length))));
}

/** The shape that tensors of these are broadcast to. */
export function broadcastShape(...shapes: readonly (readonly number[])[]): number[] {
  return shapes.reduce<number[]>(
    (result, shape) => tf.broadcast_util.assertAndGetBroadcastShape(result, [...shape]),
    [],
  );
}
