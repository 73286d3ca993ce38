/** From a PNG's samples to 8-bit RGBA, with Pillow's reductions of other depths. */
import type { Bytes } from '../bytes';
import { Undecodable } from '../undecodable';
import type { PngFile } from './chunks';

/** Writes the pixel whose samples start at so many bits of a line. */
type WritePixel = (line: Uint8Array, bit: number, to: Uint8Array, at: number) => void;

export interface PixelKind {
  readonly bitsPerPixel: number;
  readonly write: WritePixel;
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const MOST_COLOURS = 256;

/** @throws Undecodable for a colour type or depth that PNG does not have */
export function pixelKind({ header: { bits, colourType }, palette, transparency }: PngFile): PixelKind {
  const channels = CHANNELS[colourType];
  if (channels === undefined || DEPTHS[colourType]?.includes(bits) !== true) {
    throw new Undecodable(`colour type ${colourType} of ${bits} bits a sample, which PNG does not have`);
  }
  const bitsPerPixel = channels * bits;
  if (colourType === 3) return { bitsPerPixel, write: indexed(bits, palette, transparency) };
  if (channels === 1) return { bitsPerPixel, write: grey(bits, transparency) };
  return { bitsPerPixel, write: coloured(channels, bits / 8, transparency) };
}

/** The palette's chunk is used of indexed pictures only. Indices beyond it are black. */
function indexed(bits: number, palette: Uint8Array = new Uint8Array(), transparency: Bytes | undefined): WritePixel {
  if (palette.length > 3 * MOST_COLOURS) throw new Undecodable(`${palette.length / 3} colours, where 256 are read`);
  const alphas = transparency === undefined ? [] : paletteAlphas(transparency.all);
  return (line, bit, to, at) => {
    const index = sampleAt(line, bit, bits);
    for (let channel = 0; channel < 3; channel++) to[at + channel] = palette[3 * index + channel] ?? 0;
    to[at + 3] = alphas[index] ?? 255;
  };
}

/**
 * An alpha for each colour, the rest is opaque. Pillow's pattern for a single transparent colour among opaque ones
 * passes over a last byte of 10, a line feed: that colour is opaque for it.
 */
function paletteAlphas(transparency: Uint8Array): Uint8Array {
  const text = Buffer.from(transparency).toString('latin1');
  return /^\xff*\0\xff*\n$/.test(text) ? transparency.subarray(0, -1) : transparency;
}

/**
 * Samples of fewer than 8 bits are stretched to 0 … 255. Those of 16 are cut off at 255, not divided: so Pillow turns
 * its 16-bit grey into RGB. The transparent grey is compared with the result, as Pillow does.
 */
function grey(bits: number, transparency: Bytes | undefined): WritePixel {
  const stretch = bits < 8 ? 255 / (2 ** bits - 1) : 1;
  const key = transparency && greyKey(bits, transparency);
  return (line, bit, to, at) => {
    const value = Math.min(255, sampleAt(line, bit, bits) * stretch);
    to.fill(value, at, at + 3);
    to[at + 3] = value === key ? 0 : 255;
  };
}

function greyKey(bits: number, transparency: Bytes): number {
  const value = transparency.u16(0);
  if (bits === 1) return value === 0 ? 0 : 255;
  return value & 0xff;
}

/** Of 16-bit samples the high byte is taken; the transparent colour is compared by its low ones, as Pillow does. */
function coloured(channels: number, sampleBytes: number, transparency: Bytes | undefined): WritePixel {
  const hasAlpha = channels % 2 === 0;
  const key = channels === 3 && transparency ? [0, 2, 4].map((at) => transparency.u16(at) & 0xff) : undefined;
  return (line, bit, to, at) => {
    const from = bit / 8;
    for (let channel = 0; channel < 3; channel++) {
      to[at + channel] = line[from + (channels > 2 ? channel * sampleBytes : 0)] as number;
    }
    const alpha = hasAlpha ? (line[from + (channels - 1) * sampleBytes] as number) : 255;
    to[at + 3] = key?.every((value, channel) => to[at + channel] === value) === true ? 0 : alpha;
  };
}

/** Big-endian; of several samples in a byte the highest bits come first. */
function sampleAt(line: Uint8Array, bit: number, bits: number): number {
  const byte = line[bit >> 3] as number;
  if (bits === 8) return byte;
  if (bits === 16) return byte * 256 + (line[(bit >> 3) + 1] as number);
  return (byte >> (8 - bits - (bit & 7))) & (2 ** bits - 1);
}
