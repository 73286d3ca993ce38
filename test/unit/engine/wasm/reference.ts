/** Holding the embedded engine against TensorFlow.js's plain JavaScript backend, which has every kernel, slowly. */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { createRandom } from '../../../../src/common/random';

/** A tensor's worth of values in [−1, 1), made anew on whichever backend is current. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export function values(name: string, ...shape: number[]): Values {
  const random = createRandom('test', name);
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1)).map(() => 2 * random.uniform() - 1);
  return { shape, data };
}

/** Runs on one backend and reads the results; whatever was made on the way is disposed. */
export async function runOn(
  backend: 'wasm' | 'cpu',
  inputs: readonly Values[],
  compute: (...tensors: tf.Tensor[]) => tf.Tensor[],
): Promise<Values[]> {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const tensors = inputs.map(({ shape, data }) => tf.tensor(data, [...shape]));
    return compute(...tensors).map((result) => ({ shape: result.shape, data: result.dataSync<'float32'>() }));
  });
}

/** Both backends must give the same, to 1e-4 of the largest value; `reference` where the reference takes another way. */
export async function expectSame(
  inputs: readonly Values[],
  compute: (...tensors: tf.Tensor[]) => tf.Tensor[],
  reference = compute,
): Promise<void> {
  const actual = await runOn('wasm', inputs, compute);
  const expected = await runOn('cpu', inputs, reference);
  expect(actual.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  actual.forEach(({ data }, index) => {
    expectClose(data, expected[index]?.data ?? new Float32Array());
  });
}

export function expectClose(actual: Float32Array, expected: Float32Array, tolerance = 1e-4): void {
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-6);
  const worst = expected.reduce((largest, value, i) => {
    const distance = Math.abs(value - (actual[i] ?? Number.NaN));
    return Number.isNaN(distance) ? Infinity : Math.max(largest, distance);
  }, 0);
  expect(worst / scale).toBeLessThan(tolerance);
}

/** The results of `compute` and its gradients with respect to every input, for an output gradient of random values. */
export function withGradients(
  compute: (...tensors: tf.Tensor[]) => tf.Tensor,
): (...tensors: tf.Tensor[]) => tf.Tensor[] {
  return (...tensors) => {
    const y = compute(...tensors);
    const { shape, data } = values('dy', ...y.shape);
    return [y, ...tf.grads(compute)(tensors, tf.tensor(data, [...shape]))];
  };
}
