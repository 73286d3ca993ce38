import type { TensorDeclaration } from '../architectures';

/**
 * PyTorch's element order → TensorFlow's: OIHW → HWIO, C1HW → HWC1, [out, in] → [in, out]; vectors as they are.
 * @param result where it goes, of the same length
 */
export function toTensorflowOrder(
  { role, shape }: TensorDeclaration,
  data: Float32Array,
  result: Float32Array = new Float32Array(data.length),
): Float32Array {
  const [outputs, inner, positions] = threeAxes(shape);
  if (role === 'convolution') permute(data, outputs, inner, positions, result);
  else if (role === 'depthwise' || role === 'linear') transpose(data, outputs, inner * positions, result);
  else result.set(data);
  return result;
}

/** The way back. */
export function toTorchOrder({ role, shape }: TensorDeclaration, data: Float32Array): Float32Array {
  const [outputs, inner, positions] = threeAxes(shape);
  if (role === 'convolution') return permute(data, positions, inner, outputs);
  if (role === 'depthwise' || role === 'linear') return transpose(data, inner * positions, outputs);
  return data;
}

/** [out, in, h, w] as [out, in, h·w]. */
function threeAxes([a = 1, b = 1, c = 1, d = 1]: readonly number[]): [number, number, number] {
  return [a, b, c * d];
}

/** What is read and written of so many rows and columns stays in the processor's nearest memory: four times as fast. */
const BLOCK = 16;

/** [a, b, c] → [c, b, a]. Its own inverse with a and c exchanged. */
function permute(
  data: Float32Array,
  a: number,
  b: number,
  c: number,
  result: Float32Array = new Float32Array(data.length),
): Float32Array {
  for (let i = 0; i < a; i += BLOCK) {
    for (let j = 0; j < b; j += BLOCK) {
      for (let k = 0; k < c; k += BLOCK) permuteBlock(data, [a, b, c], [i, j, k], result);
    }
  }
  return result;
}

type Axes = readonly [a: number, b: number, c: number];

function permuteBlock(data: Float32Array, [a, b, c]: Axes, [firstI, firstJ, firstK]: Axes, result: Float32Array): void {
  const endI = Math.min(a, firstI + BLOCK);
  const endJ = Math.min(b, firstJ + BLOCK);
  const endK = Math.min(c, firstK + BLOCK);
  for (let k = firstK; k < endK; k++) {
    for (let j = firstJ; j < endJ; j++) {
      const to = (k * b + j) * a;
      for (let i = firstI; i < endI; i++) result[to + i] = data[(i * b + j) * c + k] as number;
    }
  }
}

/** [rows, columns] → [columns, rows]. */
function transpose(data: Float32Array, rows: number, columns: number, result?: Float32Array): Float32Array {
  return permute(data, rows, 1, columns, result);
}
