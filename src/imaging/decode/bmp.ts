/** Uncompressed Windows bitmaps of 1, 4, 8, 16, 24 and 32 bits a pixel. Alpha is not looked at: few programs fill it. */
import { bytesOf, type Bytes } from './bytes';
import type { RgbaImage } from './rgba';
import { Undecodable } from './undecodable';

const FILE_HEADER = 14;
const PALETTE_ONLY_RGB = 12;
const UNCOMPRESSED = 0;
const BIT_FIELDS = 3;
const ALPHA_BIT_FIELDS = 6;

/** Gives the colour of the pixel `x` of the row that starts at `row`. */
type ReadPixel = (row: number, x: number) => readonly [red: number, green: number, blue: number];

/** @throws Truncated, or Undecodable for a kind of bitmap that is not decoded */
export function decodeBmp(data: Uint8Array): RgbaImage {
  const bytes = bytesOf(data);
  const headerSize = bytes.u32(14, true);
  if (headerSize === PALETTE_ONLY_RGB) throw new Undecodable('an OS/2 bitmap');
  const width = bytes.i32(18, true);
  const signedHeight = bytes.i32(22, true);
  const height = Math.abs(signedHeight);
  const bits = bytes.u16(28, true);
  const readPixel = pixelReader(bytes, headerSize, bits);
  // Rows are padded to four bytes.
  const stride = Math.ceil((width * bits) / 32) * 4;
  const start = bytes.u32(10, true);
  bytes.slice(start, stride * (height - 1) + Math.ceil((width * bits) / 8));
  const pixels = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    const row = start + stride * (signedHeight < 0 ? y : height - 1 - y);
    for (let x = 0; x < width; x++) pixels.set(readPixel(row, x), (y * width + x) * 4);
  }
  return { width, height, pixels };
}

function pixelReader(bytes: Bytes, headerSize: number, bits: number): ReadPixel {
  const compression = bytes.u32(30, true);
  const masked = compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS;
  if (compression !== UNCOMPRESSED && !masked) throw new Undecodable('a compressed bitmap');
  if (bits === 1 || bits === 4 || bits === 8) return indexed(bytes, FILE_HEADER + headerSize, bits);
  if (bits === 24) return (row, x) => [bytes.u8(row + 3 * x + 2), bytes.u8(row + 3 * x + 1), bytes.u8(row + 3 * x)];
  if (bits !== 16 && bits !== 32) throw new Undecodable(`a bitmap of ${bits} bits a pixel`);
  const usual = bits === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0xff00, 0xff];
  const masks = masked ? [54, 58, 62].map((at) => bytes.u32(at, true)) : usual;
  const [red, green, blue] = masks.map(fieldReader) as [FieldReader, FieldReader, FieldReader];
  return (row, x) => {
    const packed = bits === 16 ? bytes.u16(row + 2 * x, true) : bytes.u32(row + 4 * x, true);
    return [red(packed), green(packed), blue(packed)];
  };
}

/** The palette holds blue, green, red and an unused byte an entry. */
function indexed(bytes: Bytes, palette: number, bits: 1 | 4 | 8): ReadPixel {
  const perByte = 8 / bits;
  return (row, x) => {
    const shift = 8 - bits * ((x % perByte) + 1);
    const index = (bytes.u8(row + Math.floor(x / perByte)) >> shift) & ((1 << bits) - 1);
    const at = palette + 4 * index;
    return [bytes.u8(at + 2), bytes.u8(at + 1), bytes.u8(at)];
  };
}

type FieldReader = (packed: number) => number;

/** Takes the bits of the mask and stretches them to 0 … 255. */
function fieldReader(mask: number): FieldReader {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const largest = mask >>> shift;
  return (packed) => Math.round((255 * ((packed & mask) >>> shift)) / largest);
}
