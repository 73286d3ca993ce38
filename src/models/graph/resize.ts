/** Resizing of feature maps as ONNX defines it: linear in the values, so a matrix along each axis. */
import type * as tf from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../architectures';
import { alongAxis, multiplyAlong } from './axes';
import type { Inputs } from './operation';

type Resize = OperationOf<'resize'>;

export function resize(operation: Resize, [x]: Inputs): tf.Tensor {
  const { size, scale } = operation;
  return ([0, 1] as const).reduce<tf.Tensor>((y, side) => {
    const length = y.shape[side + 1] as number;
    const matrix = weightsOf(operation, length, size[side], scale[side]);
    if (isIdentity(matrix, length)) return y;
    return alongAxis(y, side + 1, (view) => multiplyAlong(view, matrix));
  }, x as tf.Tensor);
}

/** [resized, length]: how much of each position goes into each resized one. */
function weightsOf(operation: Resize, length: number, resized: number, scale: number): number[][] {
  return Array.from({ length: resized }, (_, position) => {
    const row = new Array<number>(length).fill(0);
    const coordinate = coordinateOf(operation.coordinates, position, length, resized, scale);
    for (const [index, weight] of contributions(operation, coordinate)) {
      const inside = Math.min(length - 1, Math.max(0, index));
      row[inside] = (row[inside] as number) + weight;
    }
    return row;
  });
}

function coordinateOf(
  mode: Resize['coordinates'],
  position: number,
  length: number,
  resized: number,
  scale: number,
): number {
  if (mode === 'asymmetric') return position / scale;
  if (mode === 'align_corners') return resized === 1 ? 0 : (position * (length - 1)) / (resized - 1);
  if (mode === 'pytorch_half_pixel' && resized === 1) return 0;
  return (position + 0.5) / scale - 0.5;
}

/** Positions, which may lie outside and are then the edge, with their weights. */
function contributions({ mode, rounding, cubicCoefficient }: Resize, coordinate: number): [number, number][] {
  if (mode === 'nearest') return [[ROUNDINGS[rounding](coordinate), 1]];
  const first = Math.floor(coordinate);
  const between = coordinate - first;
  if (mode === 'linear') {
    return [
      [first, 1 - between],
      [first + 1, between],
    ];
  }
  return [-1, 0, 1, 2].map((offset) => [first + offset, cubic(Math.abs(between - offset), cubicCoefficient)]);
}

const ROUNDINGS: Record<Resize['rounding'], (coordinate: number) => number> = {
  round_prefer_floor: (coordinate) => Math.ceil(coordinate - 0.5),
  round_prefer_ceil: (coordinate) => Math.floor(coordinate + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** Keys 1981. */
function cubic(distance: number, a: number): number {
  if (distance <= 1) return ((a + 2) * distance - (a + 3)) * distance * distance + 1;
  if (distance < 2) return ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a;
  return 0;
}

function isIdentity(matrix: readonly (readonly number[])[], length: number): boolean {
  return matrix.length === length && matrix.every((row, index) => row[index] === 1);
}
