import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pearson } from '../../../../src/measures/similarity/pearson';
import { ranks, spearman } from '../../../../src/measures/similarity/spearman';
import { topOverlap } from '../../../../src/measures/similarity/overlap';
import { compareMaps } from '../../../../src/measures/similarity/heatmaps';
import { ssim } from '../../../../src/measures/similarity/ssim';
import { bringBack } from '../../../../src/measures/similarity/bringBack';
import { inverseOf, perturbationSchema } from '../../../../src/perturbations';
import { rotate } from '../../../../src/perturbations/rotation';

/** What SciPy and scikit-image say: the file names the functions. */
const { small, large } = JSON.parse(
  readFileSync(new URL('../../../fixtures/measures.json', import.meta.url), 'utf8'),
) as {
  readonly small: { readonly a: number[]; readonly b: number[]; spearman: number; pearson: number; ssim: number };
  readonly large: { readonly a: number[]; readonly b: number[]; readonly ssim: number };
};

describe('correlation', () => {
  it('shares ranks among equals', () => {
    expect([...ranks([3, 1, 3, 2])]).toEqual([3.5, 1, 3.5, 2]);
  });

  it('is SciPy’s', () => {
    expect(pearson(small.a, small.b)).toBeCloseTo(small.pearson, 12);
    expect(spearman(small.a, small.b)).toBeCloseTo(small.spearman, 12);
  });

  it('is worked out by hand', () => {
    // Deviations −1, 0, 1 and −4/3, −1/3, 5/3: 3/√(2·14/3).
    expect(pearson([1, 2, 3], [1, 2, 4])).toBeCloseTo(3 / Math.sqrt(28 / 3), 12);
    expect(spearman([1, 2, 3], [1, 20, 400])).toBe(1);
    expect(spearman([1, 2, 3], [5, 4, -1])).toBe(-1);
  });

  it('is unknown where one side is the same everywhere', () => {
    expect(pearson([1, 1, 1], [1, 2, 3])).toBeUndefined();
    expect(spearman([1, 2, 3], [0, 0, 0])).toBeUndefined();
  });
});

describe('structural similarity', () => {
  const square = (values: number[]) => ({
    height: Math.sqrt(values.length),
    width: Math.sqrt(values.length),
    values,
  });

  it('is scikit-image’s: 7×7 windows on a large map, 3×3 on a small one', () => {
    expect(ssim(square(large.a), square(large.b))).toBeCloseTo(large.ssim, 10);
    expect(ssim(square(small.a), square(small.b))).toBeCloseTo(small.ssim, 10);
    expect(ssim(square(small.a), square(small.a))).toBeCloseTo(1, 12);
  });

  it('leaves out windows with a masked cell, and is unknown where none is left', () => {
    const mask = new Uint8Array(64).fill(1);
    mask[0] = 0;
    const changed = [...small.a];
    changed[0] = 99;
    expect(ssim(square(changed), square(small.b), mask)).toBe(ssim(square(small.a), square(small.b), mask));
    expect(ssim(square(small.a), square(small.b), new Uint8Array(64))).toBeUndefined();
    expect(ssim(square([1, 2, 3, 4]), square([1, 2, 3, 4]))).toBeUndefined();
  });
});

describe('the overlap of the highest fifth', () => {
  it('counts cells in common', () => {
    const rising = Array.from({ length: 10 }, (_, i) => i);
    expect(topOverlap(rising, rising)).toBe(1);
    expect(topOverlap(rising, [...rising].reverse())).toBe(0);
    expect(topOverlap(rising, [0, 0, 0, 0, 0, 0, 0, 9, 0, 9])).toBe(0.5);
  });

  it('lets equal cells share the places that are left, wherever they lie', () => {
    // Two places of ten: 1 and twice 1/2 on either side, of which 1 + 1/2 are in common.
    const [a, b] = [
      [3, 2, 2, 0, 0, 0, 0, 0, 0, 0],
      [3, 0, 2, 2, 0, 0, 0, 0, 0, 0],
    ] as const;
    expect(topOverlap(a, b)).toBe(0.75);
    expect(topOverlap(b, a)).toBe(0.75);
    const moved = [9, 4, 0, 7, 2, 1, 8, 3, 6, 5];
    const move = (values: readonly number[]) => moved.map((cell) => values[cell]!);
    expect(topOverlap(move(a), move(b))).toBe(0.75);
    // One place, which five equal cells share, beside one that has it: as by chance.
    expect(topOverlap([1, 1, 1, 1, 1], [2, 1, 1, 1, 1])).toBeCloseTo(0.2, 12);
    expect(topOverlap([0, 1], [5, 5])).toBe(0.5);
    expect(topOverlap([1, 0], [5, 5])).toBe(0.5);
  });

  it('is one of a map with itself, whatever its ties', () => {
    for (const map of [[1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 0, 3, 0, 0], [2, 2, 2, 1, 0, 0, 0, 0, 0, 0], [7]])
      expect(topOverlap(map, map)).toBe(1);
  });

  it('counts no cell without heat', () => {
    const oneCell = (place: number) => Array.from({ length: 64 }, (_, cell) => Number(cell === place));
    // Of the 13 places of 64 cells, 12 would be of cells that are zero in both.
    expect(topOverlap(oneCell(0), oneCell(63))).toBe(0);
    expect(topOverlap(oneCell(40), oneCell(41))).toBe(0);
    expect(topOverlap(oneCell(40), oneCell(40))).toBe(1);
    // A top of one cell is a thirteenth of a top of 13, where it lies in it.
    const rising = Array.from({ length: 64 }, (_, cell) => cell);
    expect(topOverlap(oneCell(60), rising)).toBeCloseTo(1 / 13, 12);
    expect(topOverlap(oneCell(3), rising)).toBe(0);
    expect(topOverlap(new Array<number>(64).fill(0), rising)).toBeUndefined();
    expect(topOverlap(rising, new Array<number>(64).fill(-1))).toBeUndefined();
  });
});

describe('a map turned back', () => {
  const turnedBy = (degrees: number) =>
    inverseOf(
      perturbationSchema.parse({ kind: 'rotation', degrees: [degrees, degrees] }),
      { image: 0, round: 0 },
      { height: 32, width: 32 },
    ) ?? expect.fail('no inverse');
  /** An ellipse off the centre, smooth enough to survive two resamplings. */
  const blob = (x: number, y: number): number => Math.exp(-(((x - 19) / 5) ** 2) - ((y - 12) / 3) ** 2);
  const pixels = Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => blob(Math.floor(i / 3) % 32, Math.floor(i / 96)));
  const clean = { height: 32, width: 32, values: pixels.filter((_, i) => i % 3 === 0) };

  it.each([-30, 12, 30, 90])('lies over the clean one after a turn by %d°', (degrees) => {
    const turned = rotate({ height: 32, width: 32, pixels }, degrees).filter((_, i) => i % 3 === 0);
    const {
      spearman: rank,
      ssim: structure,
      topOverlap: overlap,
    } = compareMaps(clean, { height: 32, width: 32, values: turned }, turnedBy(degrees));
    expect(rank).toBeGreaterThan(0.97);
    expect(structure).toBeGreaterThan(0.97);
    expect(overlap).toBeGreaterThan(0.95);
    const wrongWay = compareMaps(clean, { height: 32, width: 32, values: turned }, turnedBy(-degrees));
    expect(wrongWay.topOverlap).toBeLessThan(0.95);
  });

  it('masks what was turned out of the image', () => {
    const { mask } = bringBack({ height: 4, width: 4, values: new Float32Array(16).fill(1) }, turnedBy(30));
    expect([...mask]).toEqual([0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0]);
    const quarter = bringBack({ height: 2, width: 2, values: Float32Array.of(1, 2, 3, 4) }, turnedBy(90));
    expect([...quarter.mask]).toEqual([1, 1, 1, 1]);
    [3, 1, 4, 2].forEach((value, cell) => expect(quarter.values[cell]).toBeCloseTo(value, 5));
  });

  it('is compared on the cells that are seen, and not at all where it is flat', () => {
    const flat = { height: 4, width: 4, values: new Float32Array(16) };
    const some = { height: 4, width: 4, values: Float32Array.from({ length: 16 }, (_, i) => i) };
    expect(compareMaps(some, some)).toMatchObject({ spearman: 1, pearson: 1, topOverlap: 1 });
    expect(compareMaps(some, flat).spearman).toBeNull();
    expect(compareMaps({ height: 1, width: 1, values: [3] }, { height: 1, width: 1, values: [3] }).ssim).toBeNull();
  });
});
