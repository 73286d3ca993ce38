import { describe, expect, it } from 'vitest';
import { drawnOf, perturb, perturbationText, type Perturbation, type Picture } from '../../../src/perturbations';
import { rotate } from '../../../src/perturbations/rotation';
import { drawnPixels, readRotations } from '../../referenceNumbers';

const COMMON = { rounds: 3, seed: 1, images: undefined, expect: undefined };
const NOISE: Perturbation = { kind: 'gaussianNoise', standardDeviation: 0.1, ...COMMON };
const ROTATION: Perturbation = { kind: 'rotation', degrees: [-30, 30], ...COMMON };
const occlusion = (fill: 'black' | 'mean' | 'blur', pixels = 20): Perturbation => ({
  kind: 'occlusion',
  pixels,
  fill,
  ...COMMON,
});

const FIRST = { image: 0, round: 0 };
const grey = (value: number): Picture => ({ height: 32, width: 32, pixels: new Uint8Array(3072).fill(value) });
const gradient: Picture = { height: 32, width: 32, pixels: Uint8Array.from({ length: 3072 }, (_, i) => 1 + (i % 255)) };

describe('Gaussian noise', () => {
  it('has the mean, standard deviation, skewness and kurtosis asked for, on pixels in [0, 1]', () => {
    const values = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((image) =>
      [...perturb(grey(128), NOISE, { image, round: 0 })].map((value) => (value - 128) / 25.5),
    );
    const moment = (power: number): number => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    // Four standard errors of 24,576 draws: √(1, 2, 15 and 96 over n).
    expect(Math.abs(moment(1))).toBeLessThan(0.026);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.036);
    expect(Math.abs(moment(3))).toBeLessThan(0.1);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.25);
  });

  it('is clipped, and leaves the image alone at standard deviation 0', () => {
    const pixels = perturb(grey(255), { ...NOISE, standardDeviation: 1 }, FIRST);
    expect(Math.max(...pixels)).toBe(255);
    expect(Math.min(...pixels)).toBe(0);
    expect(perturb(gradient, { ...NOISE, standardDeviation: 0 }, FIRST)).toEqual(Float32Array.from(gradient.pixels));
  });
});

describe('occlusion', () => {
  const changed = (entry: Perturbation, image = 0): number[] => {
    const pixels = perturb(gradient, entry, { image, round: 0 });
    return Array.from({ length: 1024 }, (_, place) => place).filter((place) =>
      [0, 1, 2].some((channel) => pixels[place * 3 + channel] !== gradient.pixels[place * 3 + channel]),
    );
  };

  it('covers exactly so many pixels, all of them where asked', () => {
    for (const count of [1, 5, 20, 1024]) {
      expect(changed(occlusion('black', count))).toHaveLength(count);
    }
    expect(Math.max(...perturb(gradient, occlusion('black', 1024), FIRST))).toBe(0);
  });

  it('covers the same places and more at a larger number', () => {
    expect(changed(occlusion('black', 10))).toEqual(expect.arrayContaining(changed(occlusion('black', 5))));
  });

  it('fills with black, with the mean colour, or with the mean of the five by five pixels around', () => {
    const pixels = new Uint8Array(3 * 9).fill(10);
    pixels.set([100, 28, 10], 0);
    const small: Picture = { height: 3, width: 3, pixels };
    const fill = (name: 'black' | 'mean' | 'blur') => [...perturb(small, occlusion(name, 9), FIRST).slice(0, 3)];
    expect(fill('black')).toEqual([0, 0, 0]);
    expect(fill('mean')).toEqual([20, 12, 10]);
    // The corner of a three by three image sees all of it within two pixels.
    expect(fill('blur')).toEqual([20, 12, 10]);
    const wide: Picture = { height: 1, width: 4, pixels: Uint8Array.of(3, 0, 0, 6, 0, 0, 9, 0, 0, 200, 0, 0) };
    expect([...perturb(wide, occlusion('blur', 4), FIRST).slice(0, 3)]).toEqual([6, 0, 0]);
  });
});

describe('rotation', () => {
  it('turns by a quarter without loss, counter-clockwise', () => {
    const pixels = Uint8Array.of(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4);
    const red = rotate({ height: 2, width: 2, pixels }, 90).filter((_, index) => index % 3 === 0);
    [2, 4, 1, 3].forEach((value, place) => expect(red[place]).toBeCloseTo(value, 5));
  });

  it('draws angles over the whole range', () => {
    const angles = Array.from(
      { length: 300 },
      (_, image) => drawnOf(ROTATION, { image, round: 0 }).parameters['degrees'] ?? NaN,
    );
    expect(Math.min(...angles)).toBeGreaterThanOrEqual(-30);
    expect(Math.min(...angles)).toBeLessThan(-28);
    expect(Math.max(...angles)).toBeLessThan(30);
    expect(Math.max(...angles)).toBeGreaterThan(28);
    // Four standard errors: 60/√12/√300.
    expect(Math.abs(angles.reduce((a, b) => a + b) / 300)).toBeLessThan(4);
  });

  it('is torchvision’s to a hundredth of a grey level, also where height and width differ', () => {
    const { pixels: name, height, width, cases } = readRotations();
    const pixels = drawnPixels(name, height * width * 3);
    for (const { degrees, values } of cases) {
      const rotated = rotate({ height, width, pixels }, degrees);
      expect(rotated).toHaveLength(values.length);
      const worst = Math.max(...values.map((value, at) => Math.abs(value - (rotated[at] as number))));
      expect(worst, `${degrees}°`).toBeLessThan(0.02);
    }
    expect(cases).toHaveLength(4);
  });
});

describe('every draw', () => {
  const entries = [NOISE, ROTATION, occlusion('black')];

  it('is the same again, and another for another seed, image or round', () => {
    for (const entry of entries) {
      const first = perturb(gradient, entry, FIRST);
      expect(perturb(gradient, entry, FIRST)).toEqual(first);
      expect(perturb(gradient, { ...entry, seed: 2 }, FIRST)).not.toEqual(first);
      expect(perturb(gradient, entry, { image: 1, round: 0 })).not.toEqual(first);
      expect(perturb(gradient, entry, { image: 0, round: 1 })).not.toEqual(first);
    }
  });

  it('is named in few words', () => {
    expect([...entries, occlusion('blur', 5)].map(perturbationText)).toEqual([
      'gaussianNoise 0.1',
      'rotation −30…30°',
      'occlusion 20',
      'occlusion 5 blur',
    ]);
  });
});
