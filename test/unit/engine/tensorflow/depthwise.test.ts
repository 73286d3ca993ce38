/** Filter gradients of depthwise convolutions on the native engine, against their definition. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect } from 'vitest';
import { uniform } from '../../../../src/common/random';
import { convolveDepthwise } from '../../../../src/engine/operations';
import { startTensorflow } from '../../../../src/engine/tensorflow/start';
import { itNative as it } from '../../../nativeEngine';
import { relativeError } from '../../../referenceNumbers';

const [COUNT, CHANNELS] = [2, 16];

beforeAll(startTensorflow);

function values(name: string, shape: number[]): Float32Array {
  const length = shape.reduce((product, size) => product * size, 1);
  return Float32Array.from(uniform(name, length), (value) => value - 0.5);
}

/** ∂/∂w[row, column, c] of Σ dy·(w∗x): the sum of x[n, stride·i + row − p, stride·j + column − p, c]·dy[n, i, j, c]. */
function byDefinition(x: Float32Array, dy: Float32Array, side: number, out: number, kernel: number, stride: number) {
  const padding = (kernel - 1) / 2;
  const gradient = new Float64Array(kernel * kernel * CHANNELS);
  const at = (n: number, i: number, j: number, size: number): number => ((n * size + i) * size + j) * CHANNELS;
  for (let n = 0; n < COUNT; n++)
    for (let i = 0; i < out; i++)
      for (let j = 0; j < out; j++)
        for (let row = 0; row < kernel; row++)
          for (let column = 0; column < kernel; column++) {
            const [down, right] = [stride * i + row - padding, stride * j + column - padding];
            if (Math.min(down, right) < 0 || Math.max(down, right) >= side) continue;
            const [from, of, to] = [at(n, down, right, side), at(n, i, j, out), (row * kernel + column) * CHANNELS];
            for (let c = 0; c < CHANNELS; c++) gradient[to + c]! += (x[from + c] as number) * (dy[of + c] as number);
          }
  return gradient;
}

describe('the filter gradient of a depthwise convolution', () => {
  const sides = [1, 2, 3, 4, 5, 6, 7, 12];
  const cases = [3, 5].flatMap((kernel) => [1, 2].flatMap((stride) => sides.map((side) => [kernel, stride, side])));
  it.each(cases as [number, number, number][])(
    'of a kernel of %i, stride %i, over a map of %i is its definition',
    (...numbers) => {
      const [kernel, stride, side] = numbers;
      const out = Math.floor((side - 1) / stride) + 1;
      const [x, dy] = [values('x', [COUNT, side, side, CHANNELS]), values('dy', [COUNT, out, out, CHANNELS])];
      const before = tf.memory().numTensors;
      const gradient = tf.tidy(() => {
        const input = tf.tensor4d(x, [COUNT, side, side, CHANNELS]);
        const weights = tf.tensor4d(dy, [COUNT, out, out, CHANNELS]);
        const loss = (filter: tf.Tensor): tf.Scalar =>
          tf.sum(tf.mul(convolveDepthwise(input, filter as tf.Tensor4D, stride), weights));
        return tf
          .grad(loss)(tf.zeros([kernel, kernel, CHANNELS, 1]))
          .dataSync();
      });
      expect(tf.memory().numTensors).toBe(before);
      expect(relativeError(gradient, byDefinition(x, dy, side, out, kernel, stride))).toBeLessThan(1e-5);
    },
  );
});
