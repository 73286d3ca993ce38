/** Operations that move values and compute none. */
import * as tf from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../architectures';
import { alongAxis, broadcastShape, cut, expand, extend, repeat, subsample } from './axes';
import type { Inputs, OperationContext } from './operation';

export function concatenate({ axis }: OperationOf<'concatenate'>, inputs: Inputs): tf.Tensor {
  return inputs.length === 1 ? (inputs[0] as tf.Tensor) : tf.concat([...inputs], axis);
}

export function reshape({ shape }: OperationOf<'reshape'>, [x]: Inputs, { sizesOf }: OperationContext): tf.Tensor {
  return tf.reshape(x as tf.Tensor, sizesOf(shape));
}

export function transpose({ order }: OperationOf<'transpose'>, [x]: Inputs): tf.Tensor {
  return tf.transpose(x as tf.Tensor, [...order]);
}

export function tile({ times }: OperationOf<'tile'>, [x]: Inputs): tf.Tensor {
  return times.reduce<tf.Tensor>(
    (y, count, axis) => (count === 1 ? y : alongAxis(y, axis, (view) => repeat(view, count))),
    x as tf.Tensor,
  );
}

export function expandTo({ shape }: OperationOf<'expand'>, [x]: Inputs, { sizesOf }: OperationContext): tf.Tensor {
  return expand(x as tf.Tensor, broadcastShape((x as tf.Tensor).shape, sizesOf(shape)));
}

export function select(_: OperationOf<'select'>, inputs: Inputs): tf.Tensor {
  const shape = broadcastShape(...inputs.map((input) => input.shape));
  const [condition, first, second] = inputs.map((input) => expand(input, shape)) as [tf.Tensor, tf.Tensor, tf.Tensor];
  return tf.where(tf.notEqual(condition, 0), first, second);
}

/** Steps along an axis are a cut and a choice of every so manieth, backwards where they are negative. */
export function slice(
  { begin, size, step }: OperationOf<'slice'>,
  [x]: Inputs,
  { sizesOf }: OperationContext,
): tf.Tensor {
  return sizesOf(size).reduce<tf.Tensor>((y, count, axis) => {
    const [first, by] = [begin[axis] as number, step[axis] as number];
    if (first === 0 && by === 1 && count === y.shape[axis]) return y;
    return alongAxis(y, axis, (view) => sliceAlong(view, first, count, by));
  }, x as tf.Tensor);
}

function sliceAlong(view: tf.Tensor3D, begin: number, count: number, step: number): tf.Tensor3D {
  const reach = (count - 1) * Math.abs(step) + 1;
  if (step > 0) return subsample(cut(view, begin, reach), step);
  return subsample(tf.reverse(cut(view, begin - reach + 1, reach), 1), -step);
}

export function gather(operation: OperationOf<'gather'>, [x]: Inputs): tf.Tensor {
  const { axis, indices, indicesShape } = operation;
  const source = x as tf.Tensor;
  const length = source.shape[axis] as number;
  const places = indices.map((index) => (index < 0 ? index + length : index));
  const step = (places[1] ?? (places[0] as number) + 1) - (places[0] as number);
  const isEven = step !== 0 && places.every((place, index) => place === (places[0] as number) + index * step);
  const y = alongAxis(source, axis, (view) =>
    isEven
      ? sliceAlong(view, places[0] as number, places.length, step)
      : tf.gather(view, tf.tensor1d(Int32Array.from(places), 'int32'), 1),
  );
  return tf.reshape(y, [...source.shape.slice(0, axis), ...indicesShape, ...source.shape.slice(axis + 1)]);
}

export function pad({ paddings, mode, value }: OperationOf<'pad'>, [x]: Inputs): tf.Tensor {
  return paddings.reduce<tf.Tensor>((y, [before, behind], axis) => {
    if (before === 0 && behind === 0) return y;
    return alongAxis(y, axis, (view) => {
      const inner = cut(view, Math.max(0, -before), view.shape[1] + Math.min(0, before) + Math.min(0, behind));
      return padAlong(inner, Math.max(0, before), Math.max(0, behind), mode, value);
    });
  }, x as tf.Tensor);
}

function padAlong(
  view: tf.Tensor3D,
  before: number,
  behind: number,
  mode: OperationOf<'pad'>['mode'],
  value: number,
): tf.Tensor3D {
  if (mode === 'constant') {
    return value === 0
      ? extend(view, before, behind)
      : tf.pad(
          view,
          [
            [0, 0],
            [before, behind],
            [0, 0],
          ],
          value,
        );
  }
  const [, length] = view.shape;
  const mirrored = (begin: number, count: number): tf.Tensor3D => tf.reverse(cut(view, begin, count), 1);
  const repeated = (position: number, count: number): tf.Tensor3D => repeat(cut(view, position, 1), count);
  const first = mode === 'reflect' ? mirrored : (_: number, count: number) => repeated(0, count);
  const last = mode === 'reflect' ? mirrored : (_: number, count: number) => repeated(length - 1, count);
  const parts = [
    ...(before === 0 ? [] : [first(1, before)]),
    view,
    ...(behind === 0 ? [] : [last(length - 1 - behind, behind)]),
  ];
  return parts.length === 1 ? view : tf.concat(parts, 1);
}
