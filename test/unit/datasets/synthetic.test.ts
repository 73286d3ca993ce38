import { describe, expect, it } from 'vitest';
import { loadDataset, type ImageSet } from '../../../src/datasets/index';
import { drawSet } from '../../../src/datasets/synthetic/index';
import { SHAPES } from '../../../src/datasets/synthetic/shapes';

const AREA = 32 * 32;
const imageOf = ({ pixels }: ImageSet, i: number): Uint8Array => pixels.subarray(i * AREA * 3, (i + 1) * AREA * 3);
const maskOf = ({ masks }: ImageSet, i: number): Uint8Array => masks!.subarray(i * AREA, (i + 1) * AREA);

describe('synthetic images', () => {
  const train = drawSet('train', 100, 1);

  it('are the same whatever the count', () => {
    const fewer = drawSet('train', 37, 1);
    expect(fewer.pixels).toEqual(train.pixels.subarray(0, 37 * AREA * 3));
    expect(fewer.masks).toEqual(train.masks!.subarray(0, 37 * AREA));
    expect(fewer.labels).toEqual(train.labels.subarray(0, 37));
  });

  it('differ between training and test, and between seeds', () => {
    expect(imageOf(drawSet('test', 1, 1), 0)).not.toEqual(imageOf(train, 0));
    expect(imageOf(drawSet('train', 1, 2), 0)).not.toEqual(imageOf(train, 0));
  });

  it('hold every class once in ten', () => {
    for (let first = 0; first < 100; first += 10) {
      expect([...train.labels.subarray(first, first + 10)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
  });

  it('have masks that cover a part of the image, unlike its surroundings', () => {
    for (let i = 0; i < train.count; i++) {
      const [mask, pixels] = [maskOf(train, i), imageOf(train, i)];
      const area = mask.reduce((sum, value) => sum + value, 0);
      expect(area).toBeGreaterThan(40);
      expect(area).toBeLessThan(0.6 * AREA);
      const brightness = (inside: 0 | 1): number => {
        let sum = 0;
        mask.forEach((value, at) => {
          if (value === inside) sum += pixels[at * 3]! + pixels[at * 3 + 1]! + pixels[at * 3 + 2]!;
        });
        return sum / (inside === 1 ? area : AREA - area) / 3;
      };
      expect(brightness(1) - brightness(0)).toBeGreaterThan(10);
    }
  });
});

describe('loading the synthetic set', () => {
  const settings = { kind: 'synthetic', trainCount: 20, testCount: 10, seed: 1 } as const;
  const place = { studyFolder: '/' };

  it('gives names, counts and a fingerprint of its content', async () => {
    const set = await loadDataset(settings, place);
    expect(set.classNames).toEqual(SHAPES.map(({ name }) => name));
    expect(set.description).toBe('20 training and 10 test images, drawn by the program');
    expect(set.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect((await loadDataset(settings, place)).fingerprint).toBe(set.fingerprint);
    expect((await loadDataset({ ...settings, seed: 2 }, place)).fingerprint).not.toBe(set.fingerprint);
  });

  it('keeps to the limits', async () => {
    const set = await loadDataset({ ...settings, trainLimit: 7, testLimit: 100 }, place);
    expect([set.train.count, set.test.count]).toEqual([7, 10]);
  });
});

describe('the shapes', () => {
  it.each(SHAPES)('$name fits the unit circle and has an inside', ({ distance }) => {
    for (let angle = 0; angle < 360; angle++) {
      expect(
        distance(1.01 * Math.cos((angle * Math.PI) / 180), 1.01 * Math.sin((angle * Math.PI) / 180)),
      ).toBeGreaterThan(0);
    }
    const inside = Array.from({ length: 400 }, (_, i) =>
      distance(-0.95 + 0.1 * (i % 20), -0.95 + 0.1 * Math.floor(i / 20)),
    );
    expect(inside.filter((value) => value < 0).length).toBeGreaterThan(50);
  });

  it.each(SHAPES)('$name has an edge of about one unit of distance a unit', ({ distance }) => {
    // Steep or shallow edges would be jagged or blurred.
    for (let i = 0; i < 500; i++) {
      const [x, y] = [-0.95 + 0.0038 * i, Math.sin(i) * 0.9];
      const slope = Math.hypot(distance(x + 1e-4, y) - distance(x, y), distance(x, y + 1e-4) - distance(x, y)) / 1e-4;
      expect(slope).toBeLessThan(1.5);
    }
  });

  it('star has five tips and five notches', () => {
    const star = SHAPES.find(({ name }) => name === 'star')!.distance;
    const ring = (radius: number, turn: number): number[] =>
      [0, 1, 2, 3, 4].map((k) =>
        star(radius * Math.cos(turn + (k * 2 * Math.PI) / 5), radius * Math.sin(turn + (k * 2 * Math.PI) / 5)),
      );
    for (const value of ring(0.98, 0)) expect(value).toBeLessThan(0.01);
    for (const value of ring(0.5, Math.PI / 5)) expect(value).toBeGreaterThan(0);
    for (const value of ring(0.4, Math.PI / 5)) expect(value).toBeLessThan(0);
  });
});
