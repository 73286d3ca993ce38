/** Matrix products, transposed or not, at one speed. */
import * as tf from '@tensorflow/tfjs-core';
import { type Heap, sizeOf } from './heap';
import type { Kernels, Matrix } from './kernels';
import { register } from './register';

interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export function registerMatMul(heap: Heap, kernels: Kernels): void {
  // a [..., rows, depth] and b [..., depth, columns], each perhaps with its last two axes exchanged.
  register<MatMulAttributes>(tf.BatchMatMul, (inputs, { transposeA, transposeB }) => {
    const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    const [rows, depth] = lastTwo(a, transposeA);
    const [, columns] = lastTwo(b, transposeB);
    const batchShape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const out = heap.allocate([...batchShape, rows, columns]);
    const [aBatch, bBatch] = [sizeOf(a) / (rows * depth), sizeOf(b) / (depth * columns)];
    const scratch = heap.scratch(kernels.gemmScratchFloats(columns));
    for (let i = 0; i < Math.max(aBatch, bBatch); i++) {
      const left = matrix(heap.addressOf(a) + 4 * (i % aBatch) * rows * depth, rows, depth, transposeA);
      const right = matrix(heap.addressOf(b) + 4 * (i % bBatch) * depth * columns, depth, columns, transposeB);
      const target = heap.addressOf(out) + 4 * i * rows * columns;
      kernels.gemm(rows, columns, depth, ...left, ...right, target, columns, 0, scratch);
    }
    return out;
  });
}

function lastTwo({ shape }: tf.TensorInfo, transposed: boolean): [number, number] {
  const [first, second] = shape.slice(-2) as [number, number];
  return transposed ? [second, first] : [first, second];
}

function matrix(address: number, rows: number, columns: number, transposed: boolean): Matrix {
  return transposed ? [address, 1, rows] : [address, columns, 1];
}
