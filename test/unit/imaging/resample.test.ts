import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resample, resizePixels } from '../../../src/imaging/index';

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8'));
}

interface Upsampled {
  height: number;
  width: number;
  values: number[];
  toHeight: number;
  toWidth: number;
  resized: number[];
}

interface Resized {
  height: number;
  width: number;
  pixels: number[];
  cases: { height: number; width: number; samples: [number, number, number[]][] }[];
}

describe('resample', () => {
  it('enlarges as OpenCV does', () => {
    const { height, width, values, toHeight, toWidth, resized } = fixture('upsample.json') as Upsampled;
    const out = resample({ height, width, channels: 1, values }, toHeight, toWidth);
    expect(out.length).toBe(resized.length);
    out.forEach((value, i) => expect(value).toBeCloseTo(resized[i]!, 5));
  });

  it('enlarges a step by hand: half-pixel centres, edges held', () => {
    const out = resample({ height: 1, width: 2, channels: 1, values: [0, 1] }, 1, 4);
    expect([...out]).toEqual([0, 0.25, 0.75, 1]);
  });

  it('shrinks and stretches as Pillow does', () => {
    const { height, width, pixels, cases } = fixture('resize.json') as Resized;
    for (const { height: toHeight, width: toWidth, samples } of cases) {
      const out = resample({ height, width, channels: 3, values: pixels }, toHeight, toWidth);
      for (const [y, x, colour] of samples) {
        colour.forEach((value, channel) => expect(out[(y * toWidth + x) * 3 + channel]).toBeCloseTo(value, 2));
      }
    }
  });

  it('keeps the values at the same size, and a single cell everywhere', () => {
    const values = [1, 2, 3, 4, 5, 6];
    expect([...resample({ height: 2, width: 3, channels: 1, values }, 2, 3)]).toEqual(values);
    expect([...resample({ height: 1, width: 1, channels: 1, values: [7] }, 2, 2)]).toEqual([7, 7, 7, 7]);
  });

  it('averages fine texture away when shrinking', () => {
    const checks = Array.from({ length: 64 * 64 }, (_, i) => ((i + Math.floor(i / 64)) % 2) * 255);
    for (const value of resample({ height: 64, width: 64, channels: 1, values: checks }, 8, 8)) {
      expect(Math.abs(value - 127.5)).toBeLessThan(3);
    }
  });
});

describe('resizePixels', () => {
  it('takes a picture of the right size as it is', () => {
    const image = { height: 2, width: 2, pixels: Uint8Array.from({ length: 12 }, (_, i) => i) };
    expect(resizePixels(image, 2, 2)).toBe(image);
  });

  it('rounds', () => {
    const image = { height: 1, width: 2, pixels: Uint8Array.of(0, 0, 0, 255, 255, 10) };
    expect([...resizePixels(image, 1, 4).pixels]).toEqual([0, 0, 0, 64, 64, 3, 191, 191, 8, 255, 255, 10]);
  });
});
