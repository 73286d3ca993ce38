import * as tf from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../architectures';
import { padMaps, subsampleMaps, withDilation } from './maps';
import type { Inputs } from './operation';

type Pool = OperationOf<'pool'>;

/** Padding never wins a maximum, since it is −∞; averages are corrected for what they do not count. */
export function pool(operation: Pool, [x]: Inputs): tf.Tensor {
  const { of, kernel, strides, padding, overhang } = operation;
  const dilations = [
    kernel[0] === 1 ? 1 : operation.dilations[0],
    kernel[1] === 1 ? 1 : operation.dilations[1],
  ] as const;
  const { bottom, right } = padding;
  const all = { ...padding, bottom: bottom + overhang[0], right: right + overhang[1] };
  const padded = padMaps(x as tf.Tensor4D, all, of === 'maximum' ? -Infinity : 0);
  const isDirect = dilations[0] * dilations[1] === 1 && strides[0] === strides[1];
  const pooled = (maps: tf.Tensor4D, stride: number): tf.Tensor4D => {
    if (kernel[0] * kernel[1] === 1) return subsampleMaps(maps, [stride, stride]);
    return (of === 'maximum' ? tf.maxPool : tf.avgPool)(maps, [...kernel], stride, 'valid');
  };
  const y = isDirect
    ? pooled(padded, strides[0])
    : subsampleMaps(
        withDilation(padded, dilations, kernel, (maps) => pooled(maps, 1)),
        strides,
      );
  const factors = of === 'average' ? uncountedFactors(operation, x as tf.Tensor4D, y) : undefined;
  return factors === undefined ? y : tf.mul(y, factors);
}

/** What averages over all positions of a window are multiplied by, [1, h, w, 1]; undefined where that is 1 everywhere. */
function uncountedFactors(operation: Pool, x: tf.Tensor4D, y: tf.Tensor4D): tf.Tensor | undefined {
  const { padding } = operation;
  const rows = shares(operation, 0, [padding.top, padding.bottom], x.shape[1], y.shape[1]);
  const columns = shares(operation, 1, [padding.left, padding.right], x.shape[2], y.shape[2]);
  if ([...rows, ...columns].every((share) => share === 1)) return undefined;
  const factors = Float32Array.from(rows.flatMap((row) => columns.map((column) => 1 / (row * column))));
  return tf.tensor4d(factors, [1, rows.length, columns.length, 1]);
}

/** Of each window along an axis, the share of positions that count. */
function shares(
  { kernel, strides, dilations, countsPadding }: Pool,
  axis: 0 | 1,
  [before, behind]: readonly [number, number],
  length: number,
  windows: number,
): number[] {
  const [first, end] = countsPadding ? [-before, length + behind] : [0, length];
  return Array.from({ length: windows }, (_, window) => {
    const positions = Array.from(
      { length: kernel[axis] },
      (__, tap) => window * strides[axis] - before + tap * dilations[axis],
    );
    return positions.filter((position) => position >= first && position < end).length / kernel[axis];
  });
}
