import type { TensorDeclaration } from '../../architectures';

/** PyTorch's element order → TensorFlow's: OIHW → HWIO, C1HW → HWC1, [out, in] → [in, out]; vectors as they are. */
export function toTensorflowOrder({ role, shape }: TensorDeclaration, data: Float32Array): Float32Array {
  const [outputs, inner, positions] = threeAxes(shape);
  if (role === 'convolution') return permute(data, outputs, inner, positions);
  if (role === 'depthwise' || role === 'linear') return transpose(data, outputs, inner * positions);
  return data;
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

/** [a, b, c] → [c, b, a]. Its own inverse with a and c exchanged. */
function permute(data: Float32Array, a: number, b: number, c: number): Float32Array {
  const result = new Float32Array(data.length);
  let from = 0;
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      for (let k = 0; k < c; k++) result[(k * b + j) * a + i] = data[from++] as number;
    }
  }
  return result;
}

/** [rows, columns] → [columns, rows]. */
function transpose(data: Float32Array, rows: number, columns: number): Float32Array {
  return permute(data, rows, 1, columns);
}
