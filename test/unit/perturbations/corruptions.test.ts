import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { perturb, type Picture } from '../../../src/perturbations';
import { poissonInverse, poissonTable } from '../../../src/perturbations/corruptions/poisson';
import { perturbationSchema, perturbationText } from '../../../src/perturbations';
import { CORRUPTION_NAMES, type CorruptionName } from '../../../src/perturbations/corruptions';

/** What SciPy, scikit-image and Pillow say: written by corruptions.py beside it. */
interface Fixture {
  /** Base64 of [32, 32, 3]. */
  readonly image: string;
  /** Whose values the cases have. */
  readonly rows: readonly number[];
  readonly cases: readonly { name: CorruptionName; severity: number; mean: number; values: number[] }[];
  readonly poisson: readonly { mean: number; u: number; count: number }[];
}

/** Those that draw. */
const RANDOM = new Set<string>(['gaussian_noise', 'shot_noise', 'impulse_noise', 'speckle_noise', 'glass_blur']);

let fixture: Fixture;
let image: Picture;
beforeAll(async () => {
  const path = join(import.meta.dirname, '../../fixtures/corruptions.json');
  fixture = JSON.parse(await readFile(path, 'utf8')) as Fixture;
  image = { height: 32, width: 32, pixels: new Uint8Array(Buffer.from(fixture.image, 'base64')) };
});

function corrupted(picture: Picture, name: CorruptionName, severity: number, draw = { image: 0, round: 0 }) {
  return perturb(picture, perturbationSchema.parse({ kind: 'corruption', name, severity }), draw);
}

const grey = (value: number): Picture => ({ height: 32, width: 32, pixels: new Uint8Array(3072).fill(value) });
/** Mean and variance over forty images of one grey, in [0, 1]. */
function moments(name: CorruptionName, severity: number, value: number): { mean: number; variance: number } {
  const values = Array.from({ length: 40 }, (_, of) => [
    ...corrupted(grey(value), name, severity, { image: of, round: 0 }),
  ])
    .flat()
    .map((each) => each / 255);
  const mean = values.reduce((a, b) => a + b) / values.length;
  return { mean, variance: values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length };
}
/** Of 122,880 draws, four standard errors of the variance of a normal distribution are 1.6 %. */
const CLOSE = 0.02;
const near = (value: number, expected: number): void => {
  expect(Math.abs(value / expected - 1)).toBeLessThan(CLOSE);
};

describe('what nothing is drawn for', () => {
  const worst = ({ name, severity, values }: Fixture['cases'][number]): number => {
    const pixels = corrupted(image, name, severity);
    const rows = fixture.rows.flatMap((row) => [...pixels.subarray(row * 96, (row + 1) * 96)]);
    return Math.max(...values.map((value, i) => Math.abs(value - (rows[i] as number))));
  };

  it.each(['gaussian_blur', 'defocus_blur', 'zoom_blur', 'brightness', 'contrast', 'saturate'] as const)(
    '%s is SciPy’s and scikit-image’s to a fiftieth of a grey level',
    (name) => {
      const cases = fixture.cases.filter((each) => each.name === name);
      expect(cases.map(({ severity }) => severity)).toEqual([1, 2, 3, 4, 5]);
      for (const each of cases) expect(worst(each), `severity ${each.severity}`).toBeLessThan(0.02);
    },
  );

  it.each(['pixelate', 'jpeg_compression'] as const)('%s is Pillow’s, byte for byte', (corruption) => {
    for (const each of fixture.cases.filter(({ name }) => name === corruption)) {
      expect(worst(each), `severity ${each.severity}`).toBe(0);
      const pixels = corrupted(image, each.name, each.severity);
      expect(Math.abs(pixels.reduce((a, b) => a + b) / 3072 - each.mean)).toBeLessThan(0.0001);
    }
  });

  it('is the same for every image number, round and seed', () => {
    for (const name of CORRUPTION_NAMES.filter((each) => !RANDOM.has(each))) {
      expect(corrupted(image, name, 3, { image: 9, round: 2 })).toEqual(corrupted(image, name, 3));
    }
  });

  it('takes pictures of other sizes', () => {
    const pixels = image.pixels.subarray(0, 9 * 21 * 3);
    for (const name of CORRUPTION_NAMES) {
      const result = corrupted({ height: 9, width: 21, pixels }, name, 5);
      expect(result).toHaveLength(9 * 21 * 3);
      expect(
        [...result].every((value) => value >= 0 && value <= 255),
        name,
      ).toBe(true);
    }
  });
});

describe('noises', () => {
  it.each([0.04, 0.06, 0.08, 0.09, 0.1])('gaussian_noise has standard deviation %d', (deviation) => {
    const severity = [0.04, 0.06, 0.08, 0.09, 0.1].indexOf(deviation) + 1;
    const { mean, variance } = moments('gaussian_noise', severity, 128);
    expect(Math.abs(mean - 128 / 255)).toBeLessThan(0.0012);
    near(variance, deviation ** 2);
  });

  it.each([500, 250, 100, 75, 50])('shot_noise is that of %d photons', (photons) => {
    const severity = [500, 250, 100, 75, 50].indexOf(photons) + 1;
    for (const value of [40, 150]) {
      const { mean, variance } = moments('shot_noise', severity, value);
      near(mean, value / 255);
      near(variance, value / 255 / photons);
    }
  });

  it.each([0.01, 0.02, 0.03, 0.05, 0.07])('impulse_noise strikes a share of %d', (share) => {
    const severity = [0.01, 0.02, 0.03, 0.05, 0.07].indexOf(share) + 1;
    const values = Array.from({ length: 40 }, (_, of) => [
      ...corrupted(grey(100), 'impulse_noise', severity, { image: of, round: 0 }),
    ]).flat();
    const shareOf = (value: number): number => values.filter((each) => each === value).length / values.length;
    // Four standard errors of a share of 3.5 % are 0.0021.
    expect(Math.abs(shareOf(255) - share / 2)).toBeLessThan(0.0022);
    expect(Math.abs(shareOf(0) - share / 2)).toBeLessThan(0.0022);
    expect(shareOf(0) + shareOf(100) + shareOf(255)).toBeCloseTo(1);
  });

  it.each([0.06, 0.1, 0.12, 0.16, 0.2])('speckle_noise changes a value by a factor of deviation %d', (deviation) => {
    const severity = [0.06, 0.1, 0.12, 0.16, 0.2].indexOf(deviation) + 1;
    for (const value of [50, 120])
      near(moments('speckle_noise', severity, value).variance, ((deviation * value) / 255) ** 2);
  });

  it('draw by SciPy’s Poisson quantiles', () => {
    for (const { mean, u, count } of fixture.poisson)
      expect(poissonInverse(poissonTable(mean), u), `${mean} at ${u}`).toBe(count);
  });
});

describe('glass_blur', () => {
  it('puts each pixel but the outermost where one of four stood, at severity 1, which blurs nothing', () => {
    // Each pixel names its place.
    const pixels = Uint8Array.from({ length: 3072 }, (_, i) => {
      const place = Math.floor(i / 3);
      return i % 3 === 0 ? Math.floor(place / 32) : i % 3 === 1 ? place % 32 : 7;
    });
    const result = corrupted({ height: 32, width: 32, pixels }, 'glass_blur', 1);
    const moved = new Map<string, number>();
    for (let place = 0; place < 1024; place++) {
      const [row, column] = [Math.floor(place / 32), place % 32];
      const [fromRow = NaN, fromColumn = NaN, seven] = result.subarray(3 * place, 3 * place + 3);
      expect(seven).toBe(7);
      const by = `${fromRow - row} ${fromColumn - column}`;
      if (Math.min(row, column) < 2) expect(by).toBe('0 0');
      else moved.set(by, (moved.get(by) ?? 0) + 1);
    }
    expect([...moved.keys()].sort()).toEqual(['-1 -1', '-1 0', '0 -1', '0 0']);
    // Of 900 a quarter each, within four standard errors.
    for (const count of moved.values()) expect(Math.abs(count - 225)).toBeLessThan(52);
  });

  it('keeps an even picture, and draws anew for another round', () => {
    for (const severity of [1, 2, 3, 4, 5]) {
      corrupted(grey(90), 'glass_blur', severity).forEach((value) => expect(value).toBeCloseTo(90, 0));
      const first = corrupted(image, 'glass_blur', severity);
      expect(corrupted(image, 'glass_blur', severity, { image: 0, round: 1 })).not.toEqual(first);
      expect(corrupted(image, 'glass_blur', severity)).toEqual(first);
    }
  });
});

describe('in a study', () => {
  it('has three rounds where something is drawn, and one where nothing is', () => {
    const roundsOf = (name: CorruptionName) => perturbationSchema.parse({ kind: 'corruption', name }).rounds;
    expect(CORRUPTION_NAMES.map((name) => [name, roundsOf(name)])).toEqual(
      CORRUPTION_NAMES.map((name) => [name, RANDOM.has(name) ? 3 : 1]),
    );
    const entry = perturbationSchema.parse({ kind: 'corruption', name: 'contrast' });
    expect(perturbationText(entry)).toBe('contrast at severity 3');
    expect(perturbationSchema.parse(entry)).toEqual(entry);
  });
});
