/** Methods of predictions alone, held against what follows from a toy network's formula. */
import { describe, expect, it } from 'vitest';
import { chooseMethod, requireFit, type PredictionMethod, type Probe } from '../../../src/explanations';
import { drawCoalitions, shapleyValues } from '../../../src/explanations/shapley';

/** @param probabilityOf of an image, RGB, [height, width, 3] */
function probe(height: number, width: number, probabilityOf: (pixels: Float32Array) => number): Probe {
  const pixels = Float32Array.from({ length: height * width * 3 }, (_, i) => (i * 37) % 251);
  return {
    height,
    width,
    pixels,
    probability: probabilityOf(pixels),
    probabilities: (count, draw) =>
      Promise.resolve(
        Float32Array.from({ length: count }, (_, index) => {
          const image = pixels.slice();
          draw(index, image);
          return probabilityOf(image);
        }),
      ),
  };
}

async function mapOf(id: string, parameters: Record<string, number | string>, of: Probe): Promise<Float32Array> {
  const chosen = chooseMethod(id, parameters);
  requireFit(chosen, of);
  return (chosen.method as PredictionMethod).map(of, chosen.parameters);
}

const LEAST = { window: 1, stride: 1 };

describe('occlusion', () => {
  /** Of the red of the pixel at row 2, column 3. */
  const ofOnePixel = (pixels: Float32Array): number => (pixels[(2 * 7 + 3) * 3] as number) / 255;

  it('tells the drop of the one pixel that counts, and nothing of the others', async () => {
    const of = probe(5, 7, ofOnePixel);
    const map = await mapOf('occlusion', { ...LEAST, fill: 'black' }, of);
    map.forEach((value, pixel) => expect(value).toBeCloseTo(pixel === 17 ? of.probability : 0, 6));
  });

  it('covers every pixel, at the borders too, and gives each the mean over its windows', async () => {
    const of = probe(5, 7, ofOnePixel);
    const map = await mapOf('occlusion', { window: 3, stride: 2, fill: 'black' }, of);
    // All windows over row 2 hide the pixel's row; those that begin at column 2 alone hide its column.
    const [drop, left] = [of.probability, map.subarray(14, 21)];
    [0, 0, 0.5, 1, 0.5, 0, 0].forEach((share, column) => expect(left[column]).toBeCloseTo(share * drop, 6));
    expect(map.every(Number.isFinite)).toBe(true);
    const { method, parameters } = chooseMethod('occlusion', { window: 3, stride: 3 });
    expect((method as PredictionMethod).predictions(parameters, of)).toBe(2 * 3);
  });

  it('refuses a window that is larger than the image, and a stride that leaves pixels out', () => {
    const fit = (parameters: Record<string, number>) => () =>
      requireFit(chooseMethod('occlusion', parameters), { height: 32, width: 32 });
    expect(fit({ window: 33 })).toThrow(
      'parameters.window: Occlusion cannot be had of an input of 32 × 32 pixels: found 33, expected a whole number from 1 to 32',
    );
    expect(fit({ window: 4, stride: 5 })).toThrow('parameters.stride');
    expect(fit({ window: 32, stride: 32 })).not.toThrow();
  });
});

describe('RISE', () => {
  it('is hottest where the class is, and even where nothing matters', async () => {
    const corner = await mapOf(
      'rise',
      { masks: 2000 },
      probe(14, 14, (pixels) => (pixels[1] as number) / 255),
    );
    expect(corner.indexOf(Math.max(...corner))).toBe(0);
    const even = await mapOf(
      'rise',
      { masks: 50 },
      probe(14, 14, () => 0.3),
    );
    for (const value of even) expect(value).toBeCloseTo(0.3, 6);
  });

  it('draws the same masks of the same seed, and others of another', async () => {
    const of = probe(14, 14, (pixels) => pixels.reduce((a, b) => a + b, 0) / 1e5);
    const map = await mapOf('rise', { masks: 20 }, of);
    expect(await mapOf('rise', { masks: 20, seed: 1 }, of)).toEqual(map);
    expect(await mapOf('rise', { masks: 20, seed: 2 }, of)).not.toEqual(map);
    // These draws are for ever: kept maps are of them.
    expect([...map.subarray(0, 3)].map((value) => value.toFixed(6))).toEqual(['0.385574', '0.383251', '0.375096']);
  });
});

describe('KernelSHAP', () => {
  /** What players make together, with interactions of two and three. */
  const worth = (members: ArrayLike<number>): number => {
    const is = (player: number): number => members[player] ?? 0;
    return 0.1 + 0.3 * is(0) + 0.2 * is(1) * is(4) - 0.15 * is(2) * is(5) * is(8) + 0.05 * is(7);
  };

  it('gives the Shapley values of nine players that all orders give', () => {
    const players = 9;
    const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
    const exact = Array.from({ length: players }, (_, player) => {
      let sum = 0;
      for (let set = 0; set < 1 << players; set++) {
        if (((set >> player) & 1) === 1) continue;
        const members = Array.from({ length: players }, (_, i) => (set >> i) & 1);
        const size = members.reduce((a, b) => a + b, 0);
        const weight = (factorial(size) * factorial(players - size - 1)) / factorial(players);
        sum += weight * (worth(members.with(player, 1)) - worth(members));
      }
      return sum;
    });
    const coalitions = drawCoalitions(players, 510, 1);
    expect(coalitions.length).toBe(510);
    const whole = worth(new Uint8Array(players).fill(1));
    const found = coalitions.map(({ members }) => worth(members));
    const values = shapleyValues(coalitions, found, worth([]), whole);
    values.forEach((value, player) => expect(value).toBeCloseTo(exact[player] as number, 10));
    // A sample of them comes near, and has the same sum.
    const some = drawCoalitions(players, 200, 1);
    const near = shapleyValues(
      some,
      some.map(({ members }) => worth(members)),
      worth([]),
      whole,
    );
    near.forEach((value, player) => expect(Math.abs(value - (exact[player] as number))).toBeLessThan(0.02));
    expect(near.reduce((a, b) => a + b, 0)).toBeCloseTo(whole - worth([]), 12);
  });

  it('draws each coalition once, with its complement, at most as many as are asked for', () => {
    for (const [players, samples] of [
      [4, 10],
      [16, 500],
      [64, 2000],
      [256, 1000],
    ] as const) {
      const coalitions = drawCoalitions(players, samples, 7);
      const keys = coalitions.map(({ members }) => members.join(''));
      expect(coalitions.length).toBeLessThanOrEqual(samples);
      expect(coalitions.length).toBeGreaterThan(0.95 * Math.min(samples, 2 ** players - 2));
      expect(new Set(keys).size).toBe(keys.length);
      for (const { members } of coalitions)
        expect(keys).toContain(Uint8Array.from(members, (member) => 1 - member).join(''));
      // All weights together are the kernel's, whatever part of the coalitions was drawn.
      const kernel = Array.from({ length: players - 1 }, (_, i) => (players - 1) / ((i + 1) * (players - 1 - i)));
      const sum = coalitions.reduce((total, { weight }) => total + weight, 0);
      expect(sum).toBeCloseTo(
        kernel.reduce((a, b) => a + b, 0),
        8,
      );
    }
  });

  it('shares a cell’s value among its pixels, so that the map sums to what hiding all of it costs', async () => {
    const of = probe(7, 10, (pixels) => (pixels[0] as number) / 300 + (pixels[3 * 69] as number) / 2000);
    const map = await mapOf('kernel_shap', { grid: 3, samples: 510, fill: 'black' }, of);
    expect(map.reduce((a, b) => a + b, 0)).toBeCloseTo(of.probability, 5);
    // The cells of the first and the last pixel, of 3 × 4 and 2 × 3 pixels.
    expect(map[0]).toBeCloseTo((of.pixels[0] as number) / 300 / 12, 6);
    expect(map[69]).toBeCloseTo((of.pixels[207] as number) / 2000 / 6, 6);
    expect(map[35]).toBeCloseTo(0, 6);
  });

  it('refuses fewer samples than its cells need', () => {
    expect(() =>
      requireFit(chooseMethod('kernel_shap', { grid: 16, samples: 511 }), { height: 32, width: 32 }),
    ).toThrow('found 511, expected at least two a cell, 512');
  });
});
