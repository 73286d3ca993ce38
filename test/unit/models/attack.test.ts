/** Steps and projections against values worked out by hand. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { startWasm } from '../../../src/engine/wasm/start';
import { attackImages, attackStep, startedAt } from '../../../src/models/attack';
import { startOffsets } from '../../../src/models/attackDraws';
import { toInput, unitToInput } from '../../../src/models/input';

function picture(...values: number[]): tf.Tensor4D {
  return tf.tensor4d(values, [1, 1, 1, values.length]);
}

function expectValues(tensor: tf.Tensor, expected: readonly number[], digits = 5): void {
  [...tensor.dataSync()].forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, digits));
}

describe('attacks', () => {
  beforeAll(async () => {
    await startWasm();
  });

  it('goes along signs, stays within epsilon and within 0 … 1, and stands where the gradient is nought', () => {
    const images = picture(0.5, 0.5, 0.02, 0.5);
    const attack = { norm: 'linf', epsilon: 0.1, stepSize: 0.08, steps: 2 } as const;
    const gradient = picture(1e-20, -3, -1, 0);
    expectValues(attackStep(images, gradient, images, attack), [0.58, 0.42, 0, 0.5]);
    expectValues(
      attackImages(images, () => tf.clone(gradient), attack),
      [0.6, 0.4, 0, 0.5],
    );
  });

  it('goes along the gradient’s direction, however short it is, and is brought back to the length of epsilon', () => {
    const images = picture(0.5, 0.5);
    const attack = { norm: 'l2', epsilon: 0.2, stepSize: 0.15, steps: 2 } as const;
    // 3-4-5 triangles; squares of 1e-25 are nought in float32.
    const gradient = picture(3e-25, -4e-25);
    expectValues(attackStep(images, gradient, images, attack), [0.59, 0.38]);
    expectValues(
      attackImages(images, () => tf.clone(gradient), attack),
      [0.62, 0.34],
    );
    expectValues(attackStep(images, picture(0, 0), images, attack), [0.5, 0.5]);
  });

  it('starts within the ball, of L2 as far out as most of a ball’s volume is', () => {
    const l2 = startOffsets('l2', createRandom('a', 1), 3072);
    const length = Math.hypot(...l2);
    expect(length).toBeLessThanOrEqual(1);
    expect(length).toBeGreaterThan(0.99);
    const linf = startOffsets('linf', createRandom('a', 1), 3072);
    expect(Math.max(...linf.map(Math.abs))).toBeGreaterThan(0.99);
    expect(Math.abs(linf.reduce((sum, value) => sum + value, 0) / 3072)).toBeLessThan(0.05);
    expectValues(startedAt(picture(0.5, 0.95), picture(-0.5, 1), { norm: 'linf', epsilon: 0.1 }), [0.45, 1]);
  });

  it('resizes and normalises as the way without a gradient does, and has a gradient', () => {
    const input = { inputSize: 7, mean: [0.4, 0.5, 0.6], std: [0.2, 0.3, 0.25] } as const;
    const bytes = Uint8Array.from({ length: 2 * 4 * 5 * 3 }, (_, i) => (i * 37) % 256);
    const expected = toInput(bytes, 2, 4, 5, input).dataSync();
    const units = tf.tensor4d(
      Float32Array.from(bytes, (value) => value / 255),
      [2, 4, 5, 3],
    );
    expectValues(unitToInput(units, input), [...expected]);
    // Every output place shares itself out among pixels: the sums of both sides are the same but for 1 ÷ std.
    const sums = tf
      .grad((x: tf.Tensor) => tf.sum(unitToInput(x as tf.Tensor4D, input)))(units)
      .sum([0, 1, 2]);
    expectValues(
      sums,
      input.std.map((std) => (2 * 49) / std),
      // Sums near 490 in float32.
      3,
    );
  });
});
