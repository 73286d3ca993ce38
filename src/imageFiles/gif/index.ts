/** The first frame of a GIF, over the whole picture, as Pillow's own code decodes it. */
import type { Raster } from '../raster';
import { Undecodable } from '../undecodable';
import type { GifFrame } from './frame';
import { unpackCodes } from './lzw';

/**
 * Places that the frame leaves empty are transparent where it has a transparent colour, and otherwise of its first one.
 * @throws Truncated, or Undecodable
 */
export function decodeGif(frame: GifFrame): Raster {
  const { width, height, left, top, frameWidth, frameHeight } = frame;
  if (frameWidth === 0 || frameHeight === 0) throw new Undecodable('a first frame of no size');
  const indices = unpackCodes(frame.codes(), frame.codeBits, frameWidth * frameHeight);
  const colours = rgbaPalette(frame);
  const blank = colours.subarray(4 * (frame.transparent ?? 0)).subarray(0, 4);
  const pixels = new Uint8Array(Buffer.alloc(width * height * 4, blank).buffer);
  const rows = frame.interlaced ? interlacedRows(frameHeight) : undefined;
  for (let y = 0; y < frameHeight; y++) {
    let at = ((top + (rows?.[y] ?? y)) * width + left) * 4;
    for (let x = 0; x < frameWidth; x++, at += 4) {
      const colour = 4 * (indices[y * frameWidth + x] as number);
      for (let channel = 0; channel < 4; channel++) pixels[at + channel] = colours[colour + channel] as number;
    }
  }
  return { width, height, channels: 4, pixels };
}

/** [256, 4]: indices beyond the palette are black. */
function rgbaPalette({ palette, transparent }: GifFrame): Uint8Array {
  const colours = new Uint8Array(256 * 4);
  for (let index = 0; index < 256; index++) {
    for (let channel = 0; channel < 3; channel++) colours[4 * index + channel] = palette[3 * index + channel] ?? 0;
    colours[4 * index + 3] = index === transparent ? 0 : 255;
  }
  return colours;
}

/** Every eighth row, then those between, in the order in which an interlaced picture comes. */
function interlacedRows(height: number): number[] {
  const passes = [
    { start: 0, step: 8 },
    { start: 4, step: 8 },
    { start: 2, step: 4 },
    { start: 1, step: 2 },
  ];
  const all = Array.from({ length: height }, (_, row) => row);
  return passes.flatMap(({ start, step }) => all.filter((row) => row % step === start));
}
