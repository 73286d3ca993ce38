import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareMaps } from '../../../src/measures/similarity/heatmaps';
import { bringBack } from '../../../src/measures/similarity/bringBack';
import {
  drawnOf,
  inverseOf,
  perturb,
  perturbationSchema,
  perturbationText,
  settingProblems,
  type Picture,
} from '../../../src/perturbations';

/** What SciPy and PyTorch say: written by affine.py beside it. */
const reference = JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/affine.json'), 'utf8')) as {
  readonly height: number;
  readonly width: number;
  readonly pixels: number[];
  readonly cases: readonly Move[];
};

interface Move {
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly fill: string;
  readonly values: readonly number[];
}

const FIRST = { image: 0, round: 0 };
const picture: Picture = {
  height: reference.height,
  width: reference.width,
  pixels: Uint8Array.from(reference.pixels),
};

/** An entry that can draw nothing but this. */
function entryOf({ kind, x, y, fill }: Omit<Move, 'values'>) {
  if (kind === 'translation') {
    const interpolation = Number.isInteger(x) && Number.isInteger(y) ? 'nearest' : 'bilinear';
    return perturbationSchema.parse({ kind, pixels: { x: [x, x], y: [y, y] }, interpolation, fill });
  }
  const [degrees, axis] = y === 0 ? [x, 'x'] : [y, 'y'];
  return perturbationSchema.parse({ kind, degrees: [degrees, degrees], axis, fill });
}

describe('translation and shear', () => {
  it.each(reference.cases)('$kind by $x, $y over $fill is SciPy’s and PyTorch’s', (wanted) => {
    const pixels = perturb(picture, entryOf(wanted), FIRST);
    const worst = Math.max(...wanted.values.map((value, i) => Math.abs(value - (pixels[i] as number))));
    expect(pixels).toHaveLength(wanted.values.length);
    // Half of the fixture's last digit, and float32 at 255.
    expect(worst).toBeLessThan(1e-4);
  });

  it('draw whole shifts, each as likely, or fractions, along each axis of its own', () => {
    const shifts = (settings: object) =>
      Array.from({ length: 900 }, (_, image) => {
        const { pixels_x: x = NaN, pixels_y: y = NaN } = drawnOf(
          perturbationSchema.parse({ kind: 'translation', ...settings }),
          { image, round: 0 },
        ).parameters;
        return { x, y };
      });
    const whole = shifts({ pixels: [-1, 1] });
    for (const x of [-1, 0, 1]) {
      for (const y of [-1, 0, 1]) {
        const count = whole.filter((shift) => shift.x === x && shift.y === y).length;
        // Of 900 draws of one in nine: 100 and four standard errors of 9.4.
        expect(Math.abs(count - 100)).toBeLessThan(38);
      }
    }
    const fractions = shifts({ pixels: { x: [0.2, 0.8] }, interpolation: 'bilinear' });
    expect(Math.min(...fractions.map(({ x }) => x))).toBeCloseTo(0.2, 2);
    expect(Math.max(...fractions.map(({ x }) => x))).toBeCloseTo(0.8, 2);
    expect(fractions.every(({ y }) => y === 0)).toBe(true);
  });

  it('are named in few words, as is what they draw', () => {
    const text = (entry: object) => perturbationText(perturbationSchema.parse(entry));
    expect(text({ kind: 'translation' })).toBe('translation −4…4 px');
    expect(text({ kind: 'translation', pixels: { x: [-4, 4] }, interpolation: 'bilinear', fill: 'edge' })).toBe(
      'translation x −4…4, y 0…0 px bilinear edge',
    );
    expect(text({ kind: 'shear', axis: 'y', fill: 'mean' })).toBe('shear y −15…15° mean');
    expect(drawnOf(entryOf({ kind: 'translation', x: 3, y: -2, fill: 'black' }), FIRST).text).toBe('x 3, y −2 px');
    expect(drawnOf(entryOf({ kind: 'shear', x: -12, y: 0, fill: 'black' }), FIRST).text).toBe('−12.0°');
  });

  it.each([
    [{ kind: 'translation', pixels: [4, -4] }, ['pixels'], 'the smallest shift is above the largest', [-4, 4]],
    [
      { kind: 'translation', pixels: { y: [2, 1] } },
      ['pixels', 'y'],
      'the smallest shift is above the largest',
      [1, 2],
    ],
    [{ kind: 'translation', pixels: [0.2, 0.8] }, ['pixels'], 'no whole number of pixels lies in the range', undefined],
    [{ kind: 'shear', degrees: [5, -5] }, ['degrees'], 'the smallest angle is above the largest', [-5, 5]],
  ])('say of %j what does not go together', (entry, path, summary, value) => {
    const [problem] = settingProblems(perturbationSchema.parse(entry));
    expect(problem).toMatchObject({ path, summary });
    expect(problem?.fix?.value).toEqual(value);
  });

  it('refuse what cannot be', () => {
    for (const wrong of [
      { kind: 'translation', pixels: 4 },
      { kind: 'translation', pixels: [1, 2, 3] },
      { kind: 'translation', pixels: { z: [1, 2] } },
      { kind: 'shear', degrees: [-90, 90] },
      { kind: 'shear', axis: 'z' },
    ]) {
      expect(perturbationSchema.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
    }
  });
});

describe('a heatmap brought back', () => {
  /** Of an image whose map has 4×4 cells: a cell is four pixels a side. */
  const SIZE = { height: 16, width: 16 };
  const clean = { height: 4, width: 4, values: Float32Array.from({ length: 16 }, (_, cell) => 1 + cell) };
  const inverse = (x: number, y: number) =>
    inverseOf(entryOf({ kind: 'translation', x, y, fill: 'black' }), FIRST, SIZE) ?? expect.fail('no inverse');

  it('is the clean one, to the bit, after a shift by whole cells, and the rest is lost', () => {
    // Four pixels to the right and eight up: the first column and the last two rows are fill, here 99.
    const shifted = { height: 4, width: 4, values: [99, 9, 10, 11, 99, 13, 14, 15, 99, 99, 99, 99, 99, 99, 99, 99] };
    const { values, mask } = bringBack(shifted, inverse(4, -8));
    expect([...mask]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0]);
    expect([...values]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 9, 10, 11, 0, 13, 14, 15, 0]);
    expect(compareMaps(clean, shifted, inverse(4, -8))).toMatchObject({ spearman: 1, pearson: 1, topOverlap: 1 });
    expect(compareMaps(clean, shifted).spearman).toBeLessThan(0.9);
  });

  it('is sampled between cells after another shift', () => {
    // Half a cell to the right: a cell's centre now lies on the edge between it and the next one.
    const { values, mask } = bringBack(clean, inverse(2, 0));
    expect([...mask.slice(0, 4)]).toEqual([1, 1, 1, 1]);
    expect([...values.slice(0, 4)]).toEqual([1.5, 2.5, 3.5, 4]);
  });

  it('lies over the clean one after a shear, in an image that is not square', () => {
    // A smooth bump off the centre, as an image of 24×32 pixels and as the map of it.
    const [height, width] = [24, 32];
    const bump = (_: unknown, i: number) =>
      Math.exp(-((((i % width) - 19) / 5) ** 2) - ((Math.floor(i / width) - 9) / 3) ** 2);
    const before = { height, width, values: Float32Array.from({ length: height * width }, bump) };
    const pixels = Float32Array.from(
      { length: 3 * height * width },
      (_, i) => before.values[Math.floor(i / 3)] as number,
    );
    for (const move of [
      { x: 30, y: 0 },
      { x: -30, y: 0 },
      { x: 0, y: 20 },
    ]) {
      const entry = entryOf({ kind: 'shear', fill: 'black', ...move });
      const values = perturb({ height, width, pixels }, entry, FIRST).filter((_, i) => i % 3 === 0);
      const back = inverseOf(entry, FIRST, { height, width });
      const pearson = compareMaps(before, { height, width, values }, back).pearson ?? 0;
      expect(pearson).toBeGreaterThan(0.98);
      expect(compareMaps(before, { height, width, values }).pearson).toBeLessThan(pearson - 0.02);
    }
  });
});
