import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchNormInference, batchNormTraining, silu } from '../../../../src/engine/operations';
import { startWasm } from '../../../../src/engine/wasm/start';
import { expectClose, expectSame, runOn, type Values, values, withGradients } from './reference';

const EPSILON = 1e-5;

beforeAll(startWasm);

describe('batch norm in training on the embedded engine', () => {
  it.each([
    [3, 1, 1, 1],
    [2, 3, 3, 5],
    [4, 5, 3, 16],
    [3, 2, 2, 35],
    [32, 9, 9, 7],
    [2, 1, 1, 1155],
  ])('[%i, %i, %i, %i] as a composite differentiated by TensorFlow.js', async (...shape) => {
    const channels = shape[3];
    const inputs = [shifted(values('x', ...shape)), values('gamma', channels), values('beta', channels)];
    await expectSame(
      inputs,
      withGradients(
        (...[x, gamma, beta]) =>
          batchNormTraining(x as tf.Tensor4D, gamma as tf.Tensor1D, beta as tf.Tensor1D, EPSILON).output,
      ),
      withGradients((...[x, gamma, beta]) => normalise(x as tf.Tensor, gamma as tf.Tensor, beta as tf.Tensor)),
    );
  });

  it('gives the mean and the unbiased variance', async () => {
    const statistics = (x: tf.Tensor): tf.Tensor[] => {
      const { mean, variance } = batchNormTraining(x as tf.Tensor4D, tf.ones([3]), tf.zeros([3]), EPSILON);
      return [mean, variance];
    };
    await expectSame(
      [values('x', 3, 4, 5, 3)],
      (...[x]) => statistics(x as tf.Tensor),
      (...[x]) => {
        const { mean, variance } = tf.moments(x as tf.Tensor, [0, 1, 2]);
        return [mean, tf.mul(variance, 60 / 59)];
      },
    );
  });

  it('keeps the variance of values far from zero', async () => {
    const x = values('x', 8, 8, 8, 4);
    const far = { ...x, data: x.data.map((value) => 1000 + value) };
    const compute = (input?: tf.Tensor): tf.Tensor[] => [
      batchNormTraining(input as tf.Tensor4D, tf.ones([4]), tf.zeros([4]), EPSILON).variance,
    ];
    const [actual] = await runOn('wasm', [far], compute);
    const [expected] = await runOn('wasm', [x], compute);
    expectClose((actual as Values).data, (expected as Values).data, 1e-3);
  });
});

describe('batch norm with given statistics on the embedded engine', () => {
  it.each([
    [1, 1, 1, 1],
    [2, 3, 3, 5],
    [4, 5, 3, 16],
    [2, 4, 4, 35],
  ])('[%i, %i, %i, %i] as by TensorFlow.js', async (...shape) => {
    const channels = shape[3];
    const positive = values('variance', channels);
    const inputs = [
      values('x', ...shape),
      values('gamma', channels),
      values('beta', channels),
      values('mean', channels),
      { ...positive, data: positive.data.map((value) => value + 1.01) },
    ];
    await expectSame(inputs, (...[x, gamma, beta, mean, variance]) => {
      const [g, b, m, v] = [gamma, beta, mean, variance] as tf.Tensor1D[];
      return [batchNormInference(x as tf.Tensor4D, g!, b!, m!, v!, EPSILON)];
    });
    // Without scale and offset, and of other shapes, it is TensorFlow.js's own.
    await expectSame(inputs, (...[x, , , mean, variance]) => {
      return [tf.batchNorm(x as tf.Tensor4D, mean as tf.Tensor1D, variance as tf.Tensor1D)];
    });
  });
});

describe('SiLU on the embedded engine', () => {
  it.each([[1], [3], [4], [1027]])('%i values and their gradients', async (count) => {
    const x = values('x', count);
    const wide = { ...x, data: x.data.map((value) => 30 * value) };
    await expectSame(
      [wide],
      withGradients((...[a]) => silu(a as tf.Tensor)),
      withGradients((...[a]) => tf.mul(a as tf.Tensor, tf.sigmoid(a as tf.Tensor))),
    );
  });

  it('stays finite far out and keeps NaN', async () => {
    const extremes = { shape: [5], data: Float32Array.of(-1e4, -90, 90, 1e4, Number.NaN) };
    const [y] = await runOn('wasm', [extremes], (...[x]) => [silu(x as tf.Tensor)]);
    const [small, less, more, large, nan] = (y as Values).data;
    expect([small, less].every((value) => Math.abs(value ?? 1) < 1e-30)).toBe(true);
    expect([more, large, nan]).toEqual([90, 1e4, Number.NaN]);
  });
});

/** Each channel about another mean. */
function shifted({ shape, data }: Values): Values {
  const channels = shape.at(-1) ?? 1;
  return { shape, data: data.map((value, i) => 2 * value + ((i % channels) % 5)) };
}

function normalise(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, EPSILON))), gamma), beta);
}
