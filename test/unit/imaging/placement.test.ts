import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  bringToInput,
  displayMapInPicture,
  inputBox,
  isCropped,
  placeInInput,
  placementOf,
  renderOverlay,
  resizeSentence,
  type Resize,
  type RgbImage,
} from '../../../src/imaging/index';

interface Case {
  readonly height: number;
  readonly width: number;
  readonly inputSize: number;
  readonly mode: Resize['mode'];
  readonly cropFraction?: number;
  readonly interpolation: Resize['interpolation'];
  /** Of each channel. */
  readonly sums: readonly number[];
  /** [5, 5, 3] */
  readonly samples: readonly (readonly (readonly number[])[])[];
}

const { cases } = JSON.parse(readFileSync(new URL('../../fixtures/placement.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

const FILL = [124, 116, 104] as const;
const CROP: Resize = { mode: 'crop', cropFraction: 0.875, interpolation: 'bicubic' };
const PAD: Resize = { mode: 'pad', interpolation: 'bicubic' };
const STRETCH: Resize = { mode: 'stretch', interpolation: 'bicubic' };

const pictures = new Map<string, RgbImage>();

function picture(height: number, width: number): RgbImage {
  const key = `${width}×${height}`;
  const known = pictures.get(key) ?? drawn(height, width);
  pictures.set(key, known);
  return known;
}

/** As placement.py draws it. */
function drawn(height: number, width: number): RgbImage {
  const pixels = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ring = Math.floor(((x * 7 - 3 * width) ** 2 + (y * 7 - 3 * height) ** 2) / 400) % 2;
      const [red, green] = [
        Math.floor((x * 255) / Math.max(width - 1, 1)),
        Math.floor((y * 255) / Math.max(height - 1, 1)),
      ];
      pixels.set([red, green, ring * 255], 3 * (y * width + x));
    }
  }
  return { height, width, pixels };
}

function resizeOf({ mode, cropFraction = 0, interpolation }: Case): Resize {
  return mode === 'crop' ? { mode, cropFraction, interpolation } : { mode, interpolation };
}

describe('bringToInput', () => {
  it('gives timm’s evaluation pictures, every value within one grey level', () => {
    expect(cases.length).toBeGreaterThan(45);
    for (const each of cases) {
      const { height, width, inputSize, sums, samples } = each;
      const { pixels } = bringToInput(picture(height, width), inputSize, resizeOf(each), FILL);
      const name = JSON.stringify({ ...each, sums: undefined, samples: undefined });
      const got = [0, 0, 0];
      for (let i = 0; i < pixels.length; i++) got[i % 3]! += pixels[i]!;
      // The mean of a channel to a twentieth of a level: none is off everywhere.
      got.forEach((sum, channel) => expect(Math.abs(sum - sums[channel]!) / inputSize ** 2, name).toBeLessThan(0.05));
      samples.forEach((row, i) =>
        row.forEach((colour, j) => {
          const at = (k: number): number => Math.round((k * (inputSize - 1)) / 4);
          colour.forEach((value, channel) => {
            const mine = pixels[3 * (at(i) * inputSize + at(j)) + channel]!;
            expect(Math.abs(mine - value), `${name} at ${i}, ${j}`).toBeLessThanOrEqual(1);
          });
        }),
      );
    }
  });

  it('takes a picture of the input’s size as it is', () => {
    const image = picture(32, 32);
    for (const resize of [CROP, PAD, STRETCH]) expect(bringToInput(image, 32, resize, FILL)).toBe(image);
  });

  it('pads a line of pixels, which timm cannot, and refuses what is longer than any picture', () => {
    const { pixels } = bringToInput(picture(1, 1000), 32, PAD, FILL);
    const rows = Array.from({ length: 32 }, (_, y) => [...pixels.subarray(96 * y, 96 * y + 3)]);
    expect(rows.filter((colour) => colour.join() !== FILL.join())).toHaveLength(1);
    const long = { height: 1, width: 200_001, pixels: new Uint8Array(600_003) };
    expect(() => bringToInput(long, 32, CROP, FILL)).toThrow('too long');
  });
});

describe('a placement', () => {
  it('is undone in the picture: within it where cropped, around it where padded, all of it where stretched', () => {
    const boxOf = (resize: Resize) => inputBox(placementOf({ height: 400, width: 600 }, 224, resize), 224);
    const crop = boxOf(CROP);
    expect(crop.width * 600).toBeCloseTo(350, 9);
    expect(crop.height * 400).toBeCloseTo(350, 9);
    expect(crop.left * 600).toBeCloseTo(125, 9);
    expect(crop.top * 400).toBeCloseTo(25, 9);
    expect([isCropped(crop), isCropped(boxOf(PAD)), isCropped(boxOf(STRETCH))]).toEqual([true, false, false]);
    expect(boxOf(STRETCH)).toEqual({ left: 0, top: 0, width: 1, height: 1 });
    const pad = boxOf(PAD);
    expect(pad).toMatchObject({ left: 0, width: 1 });
    expect(pad.top).toBeLessThan(0);
    expect(pad.top + pad.height).toBeGreaterThan(1);
    expect(placeInInput(crop, 0.5, 0.5)?.x).toBeCloseTo(0.5, 9);
    expect(placeInInput(crop, 0.1, 0.5)).toBeUndefined();
    expect(placeInInput(pad, 0.5, 0)?.y).toBeCloseTo(37 / 224, 9);
  });

  it('lays a map over the part of the picture that it is of', () => {
    const picture = { height: 400, width: 600 };
    const values = Array.from({ length: 16 }, (_, i) => Number(i === 4));
    const shownBy = (resize: Resize) => {
      const map = displayMapInPicture(
        { height: 4, width: 4, values },
        picture,
        inputBox(placementOf(picture, 224, resize), 224),
      );
      return { ...map, at: (x: number, y: number) => map.values[y * 600 + x]! };
    };
    const crop = shownBy(CROP);
    expect(crop.values.filter((value) => !Number.isNaN(value))).toHaveLength(350 * 350);
    expect([crop.at(124, 200), crop.at(125, 24)]).toEqual([NaN, NaN]);
    // The hot cell is the first of the second row of four: its middle is an eighth of the input from the left.
    expect(crop.at(125 + 44, 25 + 131)).toBeCloseTo(1, 1);
    expect(crop.at(125 + 219, 25 + 131)).toBe(0);
    const pad = shownBy(PAD);
    expect(pad.values.some(Number.isNaN)).toBe(false);
    expect(pad.at(75, Math.round(((84 - 37) / 149) * 400))).toBeCloseTo(1, 1);
    expect(shownBy(STRETCH).at(75, 150)).toBeCloseTo(1, 1);
  });

  it('fades what the network was not given', () => {
    const image = { height: 1, width: 4, pixels: new Uint8Array(12).fill(100) };
    const box = { left: 0.25, top: 0, width: 0.5, height: 1 };
    const { pixels } = renderOverlay(
      image,
      { height: 1, width: 2, values: [0, 1] },
      { colourMap: 'grey', opacity: 1, box },
    );
    expect([...pixels].filter((_, i) => i % 3 === 0)).toEqual([201, 0, 255, 201]);
  });

  it('is said', () => {
    const said = (resize: Resize) => resizeSentence({ height: 400, width: 600 }, 224, resize);
    expect(said(CROP)).toBe(
      'The network is given the centre 224×224 of the 600×400 picture resized to 384×256 (bicubic), a centre crop of 87.5 %.',
    );
    expect(said(PAD)).toContain('resized to 224×149 (bicubic) and padded to 224×224 with the mean colour');
    expect(said(STRETCH)).toContain('stretched to 224×224 (bicubic)');
  });
});
