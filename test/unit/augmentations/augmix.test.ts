/** AugMix against Pillow, on given draws; test/fixtures/augmix.py writes what is expected. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawMixture, mix, type Mixture } from '../../../src/augmentations/augmix/mix';
import { applyStep, OPERATION_NAMES, type Step } from '../../../src/augmentations/augmix/operations';
import { autocontrast, equalize } from '../../../src/augmentations/augmix/tables';
import { createRandom } from '../../../src/common/random';

const fixture = JSON.parse(readFileSync(new URL('../../fixtures/augmix.json', import.meta.url), 'utf8')) as {
  readonly image: string;
  readonly cases: readonly (Step & { readonly pixels: string })[];
  readonly mixtures: readonly (Mixture & { readonly pixels: string })[];
};
const unpacked = (text: string): Uint8Array => new Uint8Array(inflateSync(Buffer.from(text, 'base64')));
const image = { height: 32, width: 32, pixels: unpacked(fixture.image) };

describe('the operations', () => {
  it.each(fixture.cases)('$operation $amount gives Pillow’s pixels', ({ operation, amount, pixels }) => {
    expect([...applyStep(image, { operation, amount }).pixels]).toEqual([...unpacked(pixels)]);
  });

  it('leave a channel of one level as it is', () => {
    const flat = { height: 32, width: 32, pixels: new Uint8Array(3072).fill(77) };
    expect(equalize(flat)).toEqual(flat.pixels);
    expect(autocontrast(flat)).toEqual(flat.pixels);
  });
});

describe('a mixture', () => {
  it.each(fixture.mixtures.map((each, index) => [index, each] as const))(
    '%i of chains and image is NumPy’s, to a grey level where a half is rounded',
    (_, { pixels, ...mixture }) => {
      const expected = unpacked(pixels);
      const found = mix(image, mixture);
      const different = found.filter((level, at) => level !== expected[at]).length;
      found.forEach((level, at) => expect(Math.abs(level - (expected[at] as number))).toBeLessThanOrEqual(1));
      // NumPy rounds halves to even, and hardly any sum is one.
      expect(different).toBeLessThan(10);
    },
  );

  it('draws every operation within its amounts, chains of one to three, and shares that sum to 1', () => {
    const settings = { width: 3, depth: -1, severity: 3, alpha: 1 };
    const drawn = Array.from({ length: 600 }, (_, index) => drawMixture(image, settings, createRandom('test', index)));
    const chains = drawn.flatMap((each) => each.chains);
    expect(new Set(chains.map(({ length }) => length))).toEqual(new Set([1, 2, 3]));
    for (const { weights } of drawn) expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    const amounts = (name: Step['operation']): number[] =>
      chains.flat().flatMap(({ operation, amount }) => (operation === name ? [amount] : []));
    expect(new Set(chains.flat().map(({ operation }) => operation)).size).toBe(OPERATION_NAMES.length);
    // Levels lie in [0.1, 3): int(level × 4 / 10) is 0 or 1, int(level × 30 / 10) at most 8, int(level × 256 / 10) at most 76.
    expect([...new Set(amounts('posterize'))].sort()).toEqual([3, 4]);
    expect([Math.min(...amounts('rotate')), Math.max(...amounts('rotate'))]).toEqual([-8, 8]);
    expect(Math.min(...amounts('solarize'))).toBeGreaterThanOrEqual(256 - 76);
    expect(Math.max(...amounts('translate_x').map(Math.abs))).toBe(3);
    expect(Math.max(...amounts('shear_y').map(Math.abs))).toBeLessThan(0.09);
    // The share of the mixture is uniform: of 600 draws the mean lies within 0.05 of ½ (four standard errors).
    const mean = drawn.reduce((sum, { share }) => sum + share, 0) / drawn.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
  });
});
