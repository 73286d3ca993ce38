/** JPEG, with the pixels that libjpeg-turbo gives Pillow. */
import { Truncated } from '../bytes';
import type { Raster } from '../raster';
import { Undecodable } from '../undecodable';
import { cmykToRgb, greyToRgb } from './colours';
import type { JpegHeader } from './segments';
import { decodeStrictly, type Samples } from './strict';
import { decodeTolerantly } from './tolerant';

/**
 * Scans times pixels that are decoded at most, which takes some ten seconds. Every scan of a progressive JPEG goes over
 * the whole picture, and takes ten bytes: programs write about ten of them, and an evil file a million.
 */
const MOST_WORK = 2e9;

/** @throws Truncated, or Undecodable where libjpeg gives up */
export async function decodeJpeg(file: Uint8Array, header: JpegHeader): Promise<Raster> {
  const scans = countScans(file, header);
  if (scans * header.width * header.height > MOST_WORK) throw new Undecodable(`${scans} scans of a large picture`);
  const { width, height, pixels } = await decodeSamples(file, header);
  return { width, height, channels: 3, pixels: rgbOf(pixels, header.components) };
}

async function decodeSamples(file: Uint8Array, header: JpegHeader): Promise<Samples> {
  const { components } = header;
  const clean = components === 4 ? undefined : await decodeStrictly(file);
  if (clean !== undefined && isOf(header, clean)) return clean;
  const { warned, ...samples } = await decodeTolerantly(file, components);
  if (!isOf(header, samples)) throw new Undecodable('a picture of another size than its header says');
  // libjpeg makes up what is missing and warns. Of other damage it warns too, but then the end is there.
  if (warned && !hasEnd(file, header) && !(await hasAllRows(file, header, samples))) throw new Truncated();
  return samples;
}

function isOf({ width, height, components }: JpegHeader, samples: Samples): boolean {
  return samples.width === width && samples.height === height && samples.pixels.length === width * height * components;
}

function countScans(file: Uint8Array, { scan }: JpegHeader): number {
  let count = 1;
  for (let at = bufferOf(file).indexOf('ffda', scan, 'hex'); at >= 0; count++) {
    at = bufferOf(file).indexOf('ffda', at + 2, 'hex');
  }
  return count;
}

/** Whether an end-of-image marker follows the start of the first scan. In a scan's own bytes, 0xff is followed by 0. */
function hasEnd(file: Uint8Array, { scan }: JpegHeader): boolean {
  return bufferOf(file).includes('ffd9', scan, 'hex');
}

/** The same bytes. */
function bufferOf(file: Uint8Array): Buffer {
  return Buffer.from(file.buffer, file.byteOffset, file.byteLength);
}

/** libjpeg reads so many bytes ahead: Pillow, which gives it no more than there is, refuses where they are missing. */
const BYTES_AHEAD = 7;
const FOLLOWING = new Uint8Array(65_536).fill(0x55);

/**
 * Of a file without an end: whether its last row ends before the file does, as where it is padded. Then, what comes last
 * makes no difference.
 */
async function hasAllRows(file: Uint8Array, { severalScans, components }: JpegHeader, { pixels }: Samples) {
  if (severalScans) return false;
  const other = Buffer.concat([file.subarray(0, -BYTES_AHEAD), FOLLOWING]);
  return Buffer.compare((await decodeTolerantly(other, components)).pixels, pixels) === 0;
}

function rgbOf(samples: Uint8Array, components: 1 | 3 | 4): Uint8Array {
  switch (components) {
    case 1:
      return greyToRgb(samples);
    case 3:
      return samples;
    case 4:
      return cmykToRgb(samples);
  }
}
