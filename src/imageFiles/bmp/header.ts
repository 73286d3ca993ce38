/** A bitmap's header, and how its pixels are stored: the kinds that Pillow reads. */
import { bytesOf, type Bytes } from '../bytes';
import { Undecodable } from '../undecodable';

export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly fromTop: boolean;
  readonly compression: 'none' | 'rle4' | 'rle8';
  /** The samples of a pixel, which are colours or an index. */
  readonly layout: Layout;
  /** [entries, 4] or [entries, 3], blue first. */
  readonly palette: { readonly entryBytes: 3 | 4; readonly count: number; readonly colours: Uint8Array } | undefined;
  /** Where the pixels start. */
  readonly start: number;
}

/** Colours by the bytes in which they stand, or of 5 or 6 bits. */
export type Layout = 'indexed' | '555' | '565' | { readonly bytes: string };

const FILE_HEADER = 14;
const OS2_HEADER = 12;
const HEADER_SIZES = [40, 52, 56, 64, 108, 124];
const COMPRESSIONS: Readonly<Record<number, 'none' | 'rle4' | 'rle8' | 'masks'>> = {
  0: 'none',
  1: 'rle8',
  2: 'rle4',
  3: 'masks',
};

/** By bits and masks of red, green, blue and, of 32 bits, alpha. X is not looked at. */
const MASKED: Readonly<Record<string, Layout>> = {
  '32 ff0000 ff00 ff 0': { bytes: 'BGRX' },
  '32 ff000000 ff0000 ff00 0': { bytes: 'XBGR' },
  '32 ff000000 ff00 ff 0': { bytes: 'BGXR' },
  '32 ff000000 ff0000 ff00 ff': { bytes: 'ABGR' },
  '32 ff ff00 ff0000 ff000000': { bytes: 'RGBA' },
  '32 ff0000 ff00 ff ff000000': { bytes: 'BGRA' },
  '32 ff000000 ff00 ff ff0000': { bytes: 'BGAR' },
  '32 0 0 0 0': { bytes: 'BGRA' },
  '24 ff0000 ff00 ff': { bytes: 'BGR' },
  '16 f800 7e0 1f': '565',
  '16 7c00 3e0 1f': '555',
};

const UNMASKED: Readonly<Record<number, Layout>> = {
  1: 'indexed',
  4: 'indexed',
  8: 'indexed',
  16: '555',
  24: { bytes: 'BGR' },
  32: { bytes: 'BGRX' },
};

/** @throws Truncated, or Undecodable for a kind that is not read */
export function readBmpHeader(data: Uint8Array): BmpHeader {
  const bytes = bytesOf(data);
  const headerSize = bytes.u32(FILE_HEADER, true);
  if (headerSize === OS2_HEADER) return os2Header(bytes);
  if (!HEADER_SIZES.includes(headerSize)) throw new Undecodable(`a bitmap with a header of ${headerSize} bytes`);
  bytes.slice(FILE_HEADER, headerSize);
  const bits = bytes.u16(28, true);
  const number = bytes.u32(30, true);
  const compression = COMPRESSIONS[number];
  if (compression === undefined) throw new Undecodable(`a bitmap of compression ${number}`);
  const unmasked = layoutOf(bits);
  const shortMasks = compression === 'masks' && headerSize === 40;
  const fromTop = bytes.u8(25) === 0xff;
  return {
    width: bytes.u32(18, true),
    height: fromTop ? -bytes.i32(22, true) : bytes.u32(22, true),
    bits,
    fromTop,
    compression: compression === 'masks' ? 'none' : compression,
    layout: compression === 'masks' ? maskedLayout(bytes, bits, headerSize) : unmasked,
    ...readPalette(bytes, {
      bits,
      entryBytes: 4,
      count: bytes.u32(46, true) || 2 ** bits,
      at: FILE_HEADER + headerSize + (shortMasks ? 12 : 0),
      headerEnd: FILE_HEADER + headerSize,
    }),
  };
}

function os2Header(bytes: Bytes): BmpHeader {
  const bits = bytes.u16(24, true);
  const at = FILE_HEADER + OS2_HEADER;
  return {
    width: bytes.u16(18, true),
    height: bytes.u16(20, true),
    bits,
    fromTop: false,
    compression: 'none',
    layout: layoutOf(bits),
    ...readPalette(bytes, { bits, entryBytes: 3, count: 2 ** bits, at, headerEnd: at }),
  };
}

function layoutOf(bits: number): Layout {
  const layout = UNMASKED[bits];
  if (layout === undefined) throw new Undecodable(`a bitmap of ${bits} bits a pixel`);
  return layout;
}

function maskedLayout(bytes: Bytes, bits: number, headerSize: number): Layout {
  const masks = [54, 58, 62].map((at) => bytes.u32(at, true));
  if (bits === 32) masks.push(headerSize >= 56 ? bytes.u32(66, true) : 0);
  const layout = MASKED[[bits, ...masks.map((mask) => mask.toString(16))].join(' ')];
  if (layout === undefined) throw new Undecodable(`a bitmap of ${bits} bits a pixel with unusual colour masks`);
  return layout;
}

interface PalettePlace {
  readonly bits: number;
  readonly entryBytes: 3 | 4;
  readonly count: number;
  readonly at: number;
  readonly headerEnd: number;
}

const MOST_COLOURS = 256;

/** The file may end within a palette that says it is longer, or lead with its pixels. */
function readPalette(bytes: Bytes, place: PalettePlace): Pick<BmpHeader, 'palette' | 'start'> {
  const { bits, entryBytes, count, at, headerEnd } = place;
  const said = bytes.u32(10, true);
  if (bits > 8) return { palette: undefined, start: said === 0 ? at : said };
  if (count > 65_536) throw new Undecodable(`a palette of ${count} colours`);
  const length = Math.max(0, Math.min(count * entryBytes, bytes.length - at));
  if (length > MOST_COLOURS * entryBytes) throw new Undecodable(`a palette of ${count} colours, where 256 are read`);
  const palette = { entryBytes, count, colours: bytes.slice(at, length) };
  if (said === 0) return { palette, start: at + length };
  return { palette, start: said === headerEnd ? said + count * entryBytes : said };
}
