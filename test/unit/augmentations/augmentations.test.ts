/** Each kind on pixels that are worked out by hand, and what holds for all of them. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  augment,
  augmentationDefinitions,
  augmentationSchema,
  augmentationText,
  isHeavy,
  resolveAugmentation,
  type Augmentation,
  type AugmentationDraw,
} from '../../../src/augmentations';
import { cutOut } from '../../../src/augmentations/cutout';
import { AUGMENTATION_NAMES } from '../../../src/augmentations/kinds';
import { perturbationSchema } from '../../../src/perturbations';

/** Of CIFAR-10: [125, 123, 114] in whole grey levels. */
const MEAN = [0.4914, 0.4822, 0.4465];
const GREY = [125, 123, 114];
const resolved = (written: unknown): Augmentation =>
  resolveAugmentation(augmentationSchema.parse(written), [
    perturbationSchema.parse({ kind: 'gaussianNoise' }),
    perturbationSchema.parse({ kind: 'rotation' }),
  ]);
/** Images that say where each value was. */
const photo = (count: number, side = 32): Uint8Array =>
  Uint8Array.from({ length: count * side * side * 3 }, (_, i) => (i * 131 + (i >> 7) * 17) % 256);

describe('flipCrop', () => {
  const side = 12;
  const value = (y: number, x: number): number => 1 + y * side + x;
  const image = Uint8Array.from({ length: side * side * 3 }, (_, i) => value(0, Math.floor(i / 3)));
  const flipped = (pixels: Uint8Array, draw: AugmentationDraw): Uint8Array =>
    augment({ height: side, width: side, pixels }, 'flipCrop', draw, MEAN);
  const draw = (index: number, epoch = 0): Uint8Array => flipped(image, { seed: 1, epoch, indices: [index] });

  /** Every (mirror, down, right) that explains the picture. */
  function explanations(pixels: Uint8Array): string[] {
    const found: string[] = [];
    for (const mirror of [false, true])
      for (let down = -4; down <= 4; down++)
        for (let right = -4; right <= 4; right++)
          if (explains(pixels, mirror, down, right)) found.push(`${mirror} ${down} ${right}`);
    return found;
  }

  function explains(pixels: Uint8Array, mirror: boolean, down: number, right: number): boolean {
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const [row, shifted] = [y + down, x + right];
        const inside = row >= 0 && row < side && shifted >= 0 && shifted < side;
        const expected = inside ? value(row, mirror ? side - 1 - shifted : shifted) : 0;
        for (let channel = 0; channel < 3; channel++)
          if (pixels[(y * side + x) * 3 + channel] !== expected) return false;
      }
    return true;
  }

  it('mirrors and shifts by up to four pixels, black outside, each as often', () => {
    const seen = Array.from({ length: 300 }, (_, index) => explanations(draw(index)));
    expect(seen.every((found) => found.length === 1)).toBe(true);
    const mirrored = seen.filter(([found]) => found?.startsWith('true')).length;
    expect(Math.abs(mirrored - 150)).toBeLessThan(40);
    expect(new Set(seen.map(([found]) => found?.split(' ')[1])).size).toBe(9);
    expect(new Set(seen.map(([found]) => found?.split(' ')[2])).size).toBe(9);
  });

  it("draws from the image's number and the epoch, not from its place in the batch", () => {
    const pair = Uint8Array.from([...image, ...image]);
    const pixels = flipped(pair, { seed: 1, epoch: 0, indices: [5, 6] });
    expect(pixels.subarray(image.length)).toEqual(draw(6));
    expect(draw(6)).not.toEqual(draw(6, 1));
  });

  it('draws what it drew before there were other kinds', () => {
    const pixels = augment(
      { height: 32, width: 32, pixels: photo(3) },
      'flipCrop',
      { seed: 7, epoch: 3, indices: [5, 100, 4321] },
      MEAN,
    );
    // The sum of the pixels that version 0.1's function gave for the same draws.
    const sum = 'cce367919c4f2811f1b47fda305926519733ae1e09cf8327a7f2879a0b02400c';
    expect(createHash('sha256').update(pixels).digest('hex')).toBe(sum);
  });
});

describe('cutout', () => {
  it('fills a square of the mean colour, cut off at the border', () => {
    const image = { height: 5, width: 6, pixels: new Uint8Array(90).fill(9) };
    // The centre (1, 4) and a side of 4: rows −1 … 2 and columns 2 … 5, of which row −1 is not there.
    const cut = cutOut(image, { row: 1, column: 4, size: 4 }, [1, 2, 3]);
    for (let y = 0; y < 5; y++)
      for (let x = 0; x < 6; x++) {
        const place = (y * 6 + x) * 3;
        expect([...cut.subarray(place, place + 3)], `${y} ${x}`).toEqual(y <= 2 && x >= 2 ? [1, 2, 3] : [9, 9, 9]);
      }
    expect(image.pixels.every((level) => level === 9)).toBe(true);
  });

  it('draws centres from the whole image, each as often', () => {
    const clean = new Uint8Array(32 * 32 * 3);
    const seen = Array.from({ length: 800 }, (_, index) => {
      const draw = { seed: 1, epoch: 1, indices: [index] };
      const pixels = augment({ height: 32, width: 32, pixels: clean }, resolved('cutout'), draw, MEAN);
      const filled = pixels.reduce((count, level) => count + (level > 0 ? 1 : 0), 0) / 3;
      return filled;
    });
    // Along a side the square of 16 has 8 pixels in the image where the centre is the first, 9 where the second, …: of the
    // 32 centres 17 have all 16, the others 8 … 15 twice but for one 8. The mean is 14.0 a side, and 196 of both.
    const side = Array.from({ length: 32 }, (_, at) => Math.min(32, at + 8) - Math.max(0, at - 8));
    const mean = side.reduce((a, b) => a + b) / 32;
    const found = seen.reduce((a, b) => a + b) / seen.length;
    expect(Math.abs(found - mean ** 2)).toBeLessThan(8);
    expect(Math.max(...seen)).toBe(256);
    expect(Math.min(...seen)).toBeLessThan(100);
  });
});

describe('random erasing', () => {
  const clean = new Uint8Array(32 * 32 * 3);
  const erased = (settings: object, index: number): Uint8Array =>
    augment(
      { height: 32, width: 32, pixels: clean },
      resolved({ kind: 'randomErasing', ...settings }),
      { seed: 1, epoch: 1, indices: [index] },
      MEAN,
    );

  it('fills one rectangle within the shares and the ratios asked for, as often as the probability says', () => {
    const rectangles = Array.from({ length: 400 }, (_, index) => rectangleOf(erased({}, index))).flatMap(
      (each) => each ?? [],
    );
    expect(Math.abs(rectangles.length - 200)).toBeLessThan(40);
    for (const { rows, columns, filled } of rectangles) {
      expect(filled).toBe(rows * columns);
      // A side is rounded to whole pixels: by at most half of one.
      expect((rows - 0.5) * (columns - 0.5)).toBeLessThan(0.33 * 1024);
      expect((rows + 0.5) * (columns + 0.5)).toBeGreaterThan(0.02 * 1024);
      expect((rows - 0.5) / (columns + 0.5)).toBeLessThan(3.3);
      expect((rows + 0.5) / (columns - 0.5)).toBeGreaterThan(0.3);
    }
    expect(new Set(rectangles.map(({ top }) => top)).size).toBeGreaterThan(20);
  });

  it('fills with the mean colour, or with other values at each pixel', () => {
    expect(new Set(erased({ probability: 1 }, 3))).toEqual(new Set([0, ...GREY]));
    const levels = erased({ probability: 1, fill: 'random' }, 3).filter((level) => level > 0);
    expect(new Set(levels).size).toBeGreaterThan(100);
  });

  function rectangleOf(pixels: Uint8Array) {
    const places = [...pixels.keys()].filter((at) => at % 3 === 0 && pixels[at] !== 0).map((at) => at / 3);
    if (places.length === 0) return undefined;
    const rows = places.map((place) => Math.floor(place / 32));
    const columns = places.map((place) => place % 32);
    const top = Math.min(...rows);
    return {
      top,
      rows: Math.max(...rows) - top + 1,
      columns: Math.max(...columns) - Math.min(...columns) + 1,
      filled: places.length,
    };
  }
});

describe('perturbations', () => {
  it('perturb by each of the study’s, as often as the probability says, and not as the tests draw', () => {
    const noise = perturbationSchema.parse({ kind: 'gaussianNoise', standardDeviation: 0.1 });
    const grey = new Uint8Array(32 * 32 * 3).fill(128);
    const augmentation = resolved({ kind: 'perturbations', probability: 0.25, of: [noise] });
    const noisy = Array.from({ length: 200 }, (_, index) =>
      augment({ height: 32, width: 32, pixels: grey }, augmentation, { seed: 1, epoch: 1, indices: [index] }, MEAN),
    ).filter((pixels) => pixels.some((level) => level !== 128));
    expect(Math.abs(noisy.length - 50)).toBeLessThan(25);
    const values = noisy.flatMap((pixels) => [...pixels]);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // 0.1 of 255, with a twelfth of a squared level of rounding.
    expect(Math.sqrt(variance)).toBeCloseTo(Math.sqrt(25.5 ** 2 + 1 / 12), 0);
    expect(new Set(noisy.map((pixels) => pixels.slice(0, 30).join())).size).toBe(noisy.length);
  });
});

describe.each(AUGMENTATION_NAMES)('%s', (name) => {
  const augmentation = resolved(name);
  const of = (pixels: Uint8Array, draw: AugmentationDraw): Uint8Array =>
    augment({ height: 32, width: 32, pixels }, augmentation, draw, MEAN);
  const pixels = photo(8);
  const indices = Array.from({ length: 8 }, (_, index) => 3 * index);

  it('draws from seed, epoch and image, whatever batch an image is met in', () => {
    const whole = of(pixels, { seed: 1, epoch: 2, indices });
    expect(of(pixels, { seed: 1, epoch: 2, indices })).toEqual(whole);
    for (const row of [0, 3, 7]) {
      const one = of(pixels.subarray(row * 3072, (row + 1) * 3072), { seed: 1, epoch: 2, indices: [3 * row] });
      expect(one).toEqual(whole.subarray(row * 3072, (row + 1) * 3072));
    }
    expect(of(pixels, { seed: 2, epoch: 2, indices })).not.toEqual(whole);
    expect(of(pixels, { seed: 1, epoch: 3, indices })).not.toEqual(whole);
    expect(pixels).toEqual(photo(8));
  });

  it('draws the same behind another kind, and otherwise when it is named twice', () => {
    if (name === 'flipCrop' || name === 'augmix' || name === 'perturbations') return;
    const black = new Uint8Array(3072);
    const draw = { seed: 1, epoch: 1, indices: [11] };
    const after = (list: unknown[]): Uint8Array =>
      augment({ height: 32, width: 32, pixels: black }, resolved(list), draw, MEAN);
    const entry = name === 'randomErasing' ? { kind: name, probability: 1 } : name;
    expect(after(['flipCrop', entry])).toEqual(after([entry]));
    expect(after([entry, entry])).not.toEqual(after([entry]));
  });

  it('is told in words with its source', () => {
    expect(augmentationText(augmentation)).toMatch(new RegExp(`^${name}`));
    const [definition] = augmentationDefinitions(augmentation);
    expect(definition?.text).toMatch(/^[A-Z].*[.]$/);
    expect(definition?.sources.length).toBeGreaterThan(0);
  });
});

describe('the settings', () => {
  it.each<[unknown, Augmentation]>([
    [undefined, 'none'],
    ['none', 'none'],
    [[], 'none'],
    ['flipCrop', 'flipCrop'],
    [['flipCrop'], 'flipCrop'],
    [{ kind: 'flipCrop', padding: 4 }, 'flipCrop'],
    [[{ kind: 'flipCrop', padding: 2 }], [{ kind: 'flipCrop', padding: 2 }]],
    ['cutout', [{ kind: 'cutout', size: 16 }]],
    [
      ['flipCrop', { kind: 'cutout', size: 8 }],
      [
        { kind: 'flipCrop', padding: 4 },
        { kind: 'cutout', size: 8 },
      ],
    ],
    ['augmix', [{ kind: 'augmix', width: 3, depth: -1, severity: 3, alpha: 1 }]],
  ])('%j means %j', (written, meant) => {
    expect(resolved(written)).toEqual(meant);
    expect(resolved(meant)).toEqual(meant);
  });

  it('of perturbations hold what is trained on, and nothing of how it is tested', () => {
    const augmentation = resolved('perturbations');
    expect(augmentation).toEqual([
      {
        kind: 'perturbations',
        probability: 0.5,
        of: [
          { kind: 'gaussianNoise', standardDeviation: 0.1 },
          { kind: 'rotation', degrees: [-30, 30] },
        ],
      },
    ]);
    expect(resolved(augmentation)).toEqual(augmentation);
  });

  it('say what takes a thread', () => {
    expect(AUGMENTATION_NAMES.filter((name) => isHeavy(resolved(name)))).toEqual(['augmix', 'perturbations']);
    expect(isHeavy(resolved(['flipCrop', 'augmix']))).toBe(true);
  });

  it.each([
    ['cutOut'],
    [{ kind: 'cutout', size: 1 }],
    [['none']],
    [{ kind: 'randomErasing', probability: 0 }],
    [{ kind: 'augmix', depth: 0 }],
    [7],
  ])('%j is refused', (written) => {
    expect(augmentationSchema.safeParse(written).success).toBe(false);
  });
});
