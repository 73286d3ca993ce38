import { decode } from 'fast-png';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  COLOUR_MAP_NAMES,
  colourTable,
  colourise,
  encodePng,
  overlay,
  pngDataUri,
  renderOverlay,
  symmetricScale,
} from '../../../src/imaging/index';

const matplotlib = JSON.parse(readFileSync(new URL('../../fixtures/colourMaps.json', import.meta.url), 'utf8')) as {
  entries: number[];
  colours: Record<string, number[][]>;
};

describe('colour maps', () => {
  it.each(COLOUR_MAP_NAMES)('%s has the colours of matplotlib', (name) => {
    const table = colourTable(name);
    expect(table.length).toBe(768);
    matplotlib.entries.forEach((entry, i) => {
      const colour = matplotlib.colours[name]![i]!;
      for (let channel = 0; channel < 3; channel++) {
        expect(Math.abs(table[entry * 3 + channel]! - colour[channel]!)).toBeLessThanOrEqual(1);
      }
    });
  });

  it('spread [0, 1] over their entries and clamp the rest', () => {
    expect([...colourise([0, 0.5, 1], 'grey')]).toEqual([0, 0, 0, 128, 128, 128, 255, 255, 255]);
    expect([...colourise([-1, 2, NaN], 'grey')]).toEqual([0, 0, 0, 255, 255, 255, 0, 0, 0]);
  });
});

describe('signed colours', () => {
  const colourAt = (entry: number): number[] => [...colourTable('signed').subarray(3 * entry, 3 * entry + 3)];

  it('goes from blue over near white to red', () => {
    expect(colourAt(0)).toEqual([0x05, 0x30, 0x61]);
    expect(colourAt(255)).toEqual([0x67, 0x00, 0x1f]);
    // Of its eleven colours each tenth of the way: 51 entries are two tenths.
    expect(colourAt(51)).toEqual([0x43, 0x93, 0xc3]);
    expect(colourAt(204)).toEqual([0xd6, 0x60, 0x4d]);
    for (const middle of [127, 128]) expect(Math.min(...colourAt(middle))).toBeGreaterThan(235);
  });
});

describe('overlay', () => {
  const image = { height: 1, width: 2, pixels: Uint8Array.of(100, 100, 100, 200, 0, 50) };
  const map = { height: 1, width: 2, values: Float32Array.of(0, 1), flat: false };

  it('blends by opacity', () => {
    expect([...overlay(image, map, 'grey', 0).pixels]).toEqual([...image.pixels]);
    expect([...overlay(image, map, 'grey', 1).pixels]).toEqual([0, 0, 0, 255, 255, 255]);
    expect([...overlay(image, map, 'grey', 0.5).pixels]).toEqual([50, 50, 50, 228, 128, 153]);
  });

  it('shows the picture where a signed map is nought, and a scale around nought by itself', () => {
    const signed = { ...map, values: Float32Array.of(0.5, 1) };
    expect([...overlay(image, signed, 'signed', 1).pixels]).toEqual([100, 100, 100, 0x67, 0, 0x1f]);
    const raw = { height: 1, width: 2, values: [0, -4] };
    const options = { colourMap: 'viridis', opacity: 1, signed: true } as const;
    expect([...renderOverlay(image, raw, options).pixels]).toEqual([100, 100, 100, 0x05, 0x30, 0x61]);
    expect(symmetricScale([raw, { ...raw, values: [6, 0] }])).toEqual({ minimum: -6, maximum: 6 });
  });

  it('leaves the picture alone under a flat map', () => {
    expect(overlay(image, { ...map, flat: true }, 'turbo', 1)).toEqual(image);
  });

  it('refuses a map of another size', () => {
    expect(() => overlay(image, { ...map, width: 1 }, 'turbo', 1)).toThrow(/1×1 over an image of 2×1/);
  });

  it('renders raw maps of any resolution at any size', () => {
    const raw = { height: 2, width: 2, values: [0, 0, 0, 1] };
    const picture = renderOverlay(image, raw, { colourMap: 'viridis', opacity: 0.5, size: 8 });
    expect([picture.height, picture.width, picture.pixels.length]).toEqual([4, 8, 96]);
    expect(renderOverlay(image, raw, { colourMap: 'viridis', opacity: 0.5 }).width).toBe(2);
  });
});

describe('PNG', () => {
  const image = { height: 2, width: 3, pixels: Uint8Array.from({ length: 18 }, (_, i) => i * 13) };

  it('is read back as it was', () => {
    const { width, height, channels, data } = decode(encodePng(image));
    expect([width, height, channels]).toEqual([3, 2, 3]);
    expect([...data]).toEqual([...image.pixels]);
  });

  it('is the same for a part of a larger buffer', () => {
    const larger = new Uint8Array(40);
    larger.set(image.pixels, 10);
    expect(encodePng({ ...image, pixels: larger.subarray(10, 28) })).toEqual(encodePng(image));
  });

  it('goes into a page', () => {
    expect(pngDataUri(image)).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
  });
});
