import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { toInput } from '../../../src/models/input';
import { NORMALIZATIONS } from '../../../src/study';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const plain = { mean: [0, 0, 0], std: [1, 1, 1] } as const;

describe('toInput', () => {
  it('divides by 255, subtracts the mean and divides by the standard deviation, a channel each', () => {
    const input = toInput(Uint8Array.of(255, 0, 51), 1, 1, 1, { inputSize: 1, ...NORMALIZATIONS.cifar10 });
    const expected = [(1 - 0.4914) / 0.247, -0.4822 / 0.2435, (0.2 - 0.4465) / 0.2616];
    input.dataSync().forEach((value, channel) => expect(value).toBeCloseTo(expected[channel]!, 5));
  });

  it('leaves one tensor behind', () => {
    const before = tf.memory().numTensors;
    toInput(new Uint8Array(12), 1, 2, 2, { inputSize: 4, ...plain }).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('resizes as PyTorch does: half-pixel centres, clamped at the edges', () => {
    const row = Uint8Array.of(0, 0, 0, 255, 255, 255, 0, 0, 0, 255, 255, 255);
    const input = toInput(row, 1, 2, 2, { inputSize: 4, ...plain });
    const red = Array.from(input.dataSync()).filter((_, i) => i % 3 === 0);
    expect(red.slice(0, 4)).toEqual([0, 0.25, 0.75, 1]);
  });

  it("agrees with PyTorch's interpolate on odd sizes", () => {
    const fixture = JSON.parse(readFileSync(new URL('../../fixtures/interpolate.json', import.meta.url), 'utf8')) as {
      side: number;
      pixels: number[];
      cases: { size: number; values: number[] }[];
    };
    for (const { size, values } of fixture.cases) {
      const input = toInput(Uint8Array.from(fixture.pixels), 1, fixture.side, fixture.side, {
        inputSize: size,
        ...plain,
      });
      input.dataSync().forEach((value, i) => expect(value).toBeCloseTo(values[i]!, 5));
    }
  });
});
