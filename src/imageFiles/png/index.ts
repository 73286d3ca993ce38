/**
 * PNG of every colour type and depth, with zlib, which Node has, and otherwise as Pillow's own code reads it: no PNG
 * library takes and refuses the same damage.
 */
import type { Raster } from '../raster';
import type { PngFile } from './chunks';
import { pixelKind, type PixelKind } from './samples';
import { readPasses } from './scanlines';

/** Gamma and colour profiles are not applied. Of an animation, the first picture. @throws Truncated, or Undecodable */
export async function decodePng(png: PngFile): Promise<Raster> {
  const { width, height, interlaced, frame } = png.header;
  const kind = pixelKind(png);
  const passes = await readPasses(png.pixels, { ...frame, interlaced, bitsPerPixel: kind.bitsPerPixel });
  const pixels = blank(width * height, kind);
  for (const { lines, firstRow, rowStep, firstColumn, columnStep } of passes) {
    for (const [i, line] of lines.entries()) {
      const row = (frame.top + firstRow + i * rowStep) * width + frame.left;
      let bit = 0;
      for (let x = firstColumn; x < frame.width; x += columnStep, bit += kind.bitsPerPixel) {
        kind.write(line, bit, pixels, (row + x) * 4);
      }
    }
  }
  return { width, height, channels: 4, pixels };
}

/** What is left where no line comes: samples of zero. */
function blank(count: number, { write }: PixelKind): Uint8Array {
  const pixel = new Uint8Array(4);
  write(new Uint8Array(8), 0, pixel, 0);
  return new Uint8Array(Buffer.alloc(count * 4, pixel).buffer);
}
