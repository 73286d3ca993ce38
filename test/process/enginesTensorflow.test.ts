/** Our kernels of the native engine against TensorFlow.js's own composite formulas, on odd shapes. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect } from 'vitest';
import { batchNormTraining, silu } from '../../src/engine/operations';
import { startTensorflow } from '../../src/engine/tensorflow/start';
import { itNative as it } from '../nativeEngine';

const EPSILON = 1e-5;

beforeAll(async () => {
  const { version, device } = await startTensorflow();
  expect(version).toMatch(/^TensorFlow \d+\.\d+/);
  expect(device).not.toBe('');
});

/** y = γ·(x − mean)/√(variance + ε) + β, with the statistics of the batch. */
function compositeBatchNorm(x: tf.Tensor4D, gamma: tf.Tensor1D, beta: tf.Tensor1D): tf.Tensor4D {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, EPSILON))), gamma), beta);
}

function expectClose(actual: tf.Tensor, expected: tf.Tensor, tolerance = 1e-5): void {
  expect(actual.shape).toEqual(expected.shape);
  const scale = Math.max(1e-6, tf.max(tf.abs(expected)).dataSync()[0] ?? 0);
  const error = tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0] ?? Infinity;
  expect(error / scale).toBeLessThan(tolerance);
}

describe.each([
  [2, 2, 1, 3],
  [3, 5, 7, 1],
  [1, 9, 3, 13],
  [5, 4, 4, 33],
] as [number, number, number, number][])('on [%i, %i, %i, %i]', (...shape) => {
  const channels = shape[3];
  const count = shape[0] * shape[1] * shape[2];
  const x = () => tf.add<tf.Tensor4D>(tf.mul(tf.randomNormal(shape, 0, 1, 'float32', 7), 3), 2);
  const gamma = () => tf.randomUniform<tf.Rank.R1>([channels], 0.5, 1.5, 'float32', 8);
  const beta = () => tf.randomUniform<tf.Rank.R1>([channels], -1, 1, 'float32', 9);

  it('normalises a batch and says its mean and unbiased variance', () => {
    tf.tidy(() => {
      const batch = x();
      const result = batchNormTraining(batch, gamma(), beta(), EPSILON);
      const moments = tf.moments(batch, [0, 1, 2]);
      expectClose(result.output, compositeBatchNorm(batch, gamma(), beta()), 1e-4);
      expectClose(result.mean, moments.mean);
      expectClose(result.variance, tf.mul(moments.variance, count / (count - 1)));
    });
  });

  it('has the gradients of the composite', () => {
    tf.tidy(() => {
      const weights = tf.randomNormal(shape, 0, 1, 'float32', 10);
      const inputs = [x(), gamma(), beta()];
      const own = tf.grads((...[a, b, c]: tf.Tensor[]) =>
        tf.sum(
          tf.mul(weights, batchNormTraining(a as tf.Tensor4D, b as tf.Tensor1D, c as tf.Tensor1D, EPSILON).output),
        ),
      )(inputs);
      const composite = tf.grads((...[a, b, c]: tf.Tensor[]) =>
        tf.sum(tf.mul(weights, compositeBatchNorm(a as tf.Tensor4D, b as tf.Tensor1D, c as tf.Tensor1D))),
      )(inputs);
      own.forEach((gradient, index) => expectClose(gradient, composite[index] as tf.Tensor, 2e-4));
    });
  });

  it('has the gradient of ReLU', () => {
    tf.tidy(() => {
      const batch = tf.concat([x(), tf.zeros([1, ...shape.slice(1)] as typeof shape)]);
      const weights = tf.randomNormal(batch.shape, 0, 1, 'float32', 10);
      const own = tf.grad((a) => tf.sum(tf.mul(weights, tf.relu(a))))(batch);
      expectClose(own, tf.mul(weights, tf.step(batch)));
    });
  });

  it('computes SiLU and its gradient', () => {
    tf.tidy(() => {
      const batch = x();
      const weights = tf.randomNormal(shape, 0, 1, 'float32', 10);
      expectClose(silu(batch), tf.mul(batch, tf.sigmoid(batch)));
      const own = tf.grad((a) => tf.sum(tf.mul(weights, silu(a))))(batch);
      const composite = tf.grad((a) => tf.sum(tf.mul(weights, tf.mul(a, tf.sigmoid(a)))))(batch);
      expectClose(own, composite);
    });
  });
});

/** dW[i, j, c] = Σ over images and positions of x[n, y + i − p, x + j − p, c]·dy[n, y, x, c]. */
function depthwiseFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, kernel: number): number[] {
  const [count, height, width, channels] = x.shape;
  const [values, gradients] = [x.arraySync(), dy.arraySync()];
  const padding = (kernel - 1) / 2;
  const result: number[] = [];
  for (let i = 0; i < kernel; i++) {
    for (let j = 0; j < kernel; j++) {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let n = 0; n < count; n++) {
          for (let row = 0; row < height; row++) {
            for (let column = 0; column < width; column++) {
              const value = values[n]?.[row + i - padding]?.[column + j - padding]?.[c] ?? 0;
              sum += value * (gradients[n]?.[row]?.[column]?.[c] ?? NaN);
            }
          }
        }
        result.push(sum);
      }
    }
  }
  return result;
}

it.each([
  [3, 1, 1, 5, 5],
  [3, 1, 1, 5, 3],
  [2, 2, 2, 3, 5],
  [2, 2, 2, 3, 3],
  [2, 1, 2, 3, 5],
  [2, 4, 3, 3, 5],
  [2, 4, 3, 3, 3],
  [2, 6, 2, 3, 5],
] as [number, number, number, number, number][])(
  'has the filter gradient of a depthwise convolution over [%i, %i, %i, %i] with a kernel of %i',
  (count, height, width, channels, kernel) => {
    tf.tidy(() => {
      const shape: [number, number, number, number] = [count, height, width, channels];
      const draw = (seed: number) => tf.randomNormal<tf.Rank.R4>(shape, 0, 1, 'float32', seed);
      const [x, dy] = [draw(1), draw(2)];
      const gradient = tf.grad((filter) => tf.sum(tf.mul(dy, tf.depthwiseConv2d(x, filter as tf.Tensor4D, 1, 'same'))))(
        tf.ones([kernel, kernel, channels, 1]),
      );
      expectClose(gradient, tf.tensor4d(depthwiseFilterGradient(x, dy, kernel), [kernel, kernel, channels, 1]));
    });
  },
);

it('leaves no tensors behind', () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const gradient = tf.grad((a) =>
      tf.sum(silu(batchNormTraining(a as tf.Tensor4D, tf.ones([3]), tf.zeros([3]), EPSILON).output)),
    );
    gradient(tf.randomNormal([2, 4, 4, 3], 0, 1, 'float32', 1));
  });
  expect(tf.memory().numTensors).toBe(before);
});
