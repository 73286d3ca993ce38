/** What a picture's first bytes say: its format and size, before anything is decoded. */
import { bytesOf, type Bytes } from './bytes';
import { readJpegHeader } from './jpegHeader';

export type ImageFormat = 'PNG' | 'JPEG' | 'GIF' | 'BMP' | 'WebP';

export interface ImageHeader {
  readonly format: ImageFormat;
  /** As stored, before a JPEG's orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** EXIF's orientation, 1 (upright) … 8. */
  readonly orientation: number;
}

/** @returns undefined where it is none of the known formats. @throws Truncated */
export function readHeader(data: Uint8Array): ImageHeader | undefined {
  const bytes = bytesOf(data);
  const format = formatOf(data);
  if (format === undefined) return undefined;
  if (format === 'JPEG') return { format, ...readJpegHeader(bytes) };
  return { format, ...sizeOf(format, bytes), orientation: 1 };
}

/** By the signature; a file's name may say anything. */
function formatOf(data: Uint8Array): ImageFormat | undefined {
  const start = Buffer.from(data.subarray(0, 12)).toString('latin1');
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (start.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'GIF';
  if (start.startsWith('BM')) return 'BMP';
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'WebP';
  return undefined;
}

function sizeOf(format: Exclude<ImageFormat, 'JPEG'>, bytes: Bytes): { width: number; height: number } {
  switch (format) {
    case 'PNG':
      return { width: bytes.u32(16), height: bytes.u32(20) };
    case 'GIF':
      return { width: bytes.u16(6, true), height: bytes.u16(8, true) };
    case 'BMP':
      // A negative height means that the rows go from the top.
      return { width: bytes.i32(18, true), height: Math.abs(bytes.i32(22, true)) };
    case 'WebP':
      return webpSize(bytes);
  }
}

/** The three kinds of WebP: extended, lossless and lossy. */
function webpSize(bytes: Bytes): { width: number; height: number } {
  const u24 = (at: number): number => bytes.u16(at, true) + bytes.u8(at + 2) * 65_536;
  switch (bytes.text(12, 4)) {
    case 'VP8X':
      return { width: u24(24) + 1, height: u24(27) + 1 };
    case 'VP8L': {
      const packed = bytes.u32(21, true);
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
    }
    default:
      return { width: bytes.u16(26, true) & 0x3fff, height: bytes.u16(28, true) & 0x3fff };
  }
}
