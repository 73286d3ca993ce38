/** A JPEG's size and orientation, from its segments. */
import { Truncated, type Bytes } from './bytes';

export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
}

const APP1 = 0xe1;
const ORIENTATION_TAG = 0x0112;

/** Walks the segments up to the frame header, before which EXIF data stands. @throws Truncated */
export function readJpegHeader(bytes: Bytes): JpegHeader {
  let orientation = 1;
  for (let at = 2; ;) {
    while (bytes.u8(at) === 0xff && bytes.u8(at + 1) === 0xff) at++;
    const marker = bytes.u8(at + 1);
    if (isFrameHeader(marker)) return { height: bytes.u16(at + 5), width: bytes.u16(at + 7), orientation };
    if (marker === APP1) orientation = exifOrientation(bytes, at + 4) ?? orientation;
    at += 2 + bytes.u16(at + 2);
  }
}

/** SOF0 … SOF15, without the Huffman (C4), extension (C8) and arithmetic (CC) tables among them. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** @returns 1 … 8, or undefined where the segment has none or is damaged: the picture is shown as it is stored then */
function exifOrientation(bytes: Bytes, start: number): number | undefined {
  try {
    if (bytes.text(start, 6) !== 'Exif\0\0') return undefined;
    const tiff = start + 6;
    const littleEndian = bytes.text(tiff, 2) === 'II';
    const directory = tiff + bytes.u32(tiff + 4, littleEndian);
    for (let i = 0; i < bytes.u16(directory, littleEndian); i++) {
      const entry = directory + 2 + 12 * i;
      if (bytes.u16(entry, littleEndian) !== ORIENTATION_TAG) continue;
      const value = bytes.u16(entry + 8, littleEndian);
      return value >= 1 && value <= 8 ? value : undefined;
    }
    return undefined;
  } catch (error) {
    if (error instanceof Truncated) return undefined;
    throw error;
  }
}
