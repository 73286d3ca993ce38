/** Windows and OS/2 bitmaps, as Pillow's own code decodes them: no library takes the same kinds. */
import { bytesOf, Truncated, type Bytes } from '../bytes';
import type { Raster } from '../raster';
import { Undecodable } from '../undecodable';
import type { BmpHeader, Layout } from './header';
import { unpackRuns } from './rle';

/** @throws Truncated, or Undecodable */
export function decodeBmp(data: Uint8Array, header: BmpHeader): Raster {
  const { width, height } = header;
  const bytes = bytesOf(data);
  const pixels = new Uint8Array(width * height * 4);
  const rows = header.compression === 'none' ? plainRows(bytes, header) : runRows(bytes, header);
  for (let y = 0; y < height; y++) {
    const to = (header.fromTop ? y : height - 1 - y) * width * 4;
    rows(y, pixels.subarray(to, to + width * 4));
  }
  return { width, height, channels: 4, pixels };
}

/** Writes the RGBA of a stored row. */
type ReadRow = (y: number, to: Uint8Array) => void;

function plainRows(bytes: Bytes, header: BmpHeader): ReadRow {
  const { width, height, bits, start } = header;
  const colours = paletteOf(header);
  const storedBits = colours?.sampleBits ?? bits;
  const rowBytes = Math.ceil((width * storedBits) / 8);
  // Rows are padded to four bytes.
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (rowBytes > stride) throw new Undecodable('a palette of greys that is too long for its pixels');
  if (start + stride * (height - 1) + rowBytes > bytes.length) throw new Truncated();
  const read = colours ? indexedRow(colours) : colouredRow(header.layout);
  return (y, to) => read(bytes.slice(start + y * stride, rowBytes), to);
}

function runRows(bytes: Bytes, header: BmpHeader): ReadRow {
  const { width, height, start, compression } = header;
  const colours = paletteOf(header);
  if (colours === undefined || colours.sampleBits === 1) {
    throw new Undecodable('a run-length encoded bitmap without a palette of colours');
  }
  const indices = unpackRuns(bytes, start, { width, height, nibbles: compression === 'rle4' });
  const read = indexedRow({ ...colours, sampleBits: 8 });
  return (y, to) => read(indices.subarray(y * width, (y + 1) * width), to);
}

interface Colours {
  readonly sampleBits: number;
  /** [entries, 3], red first. */
  readonly rgb: Uint8Array;
}

/**
 * Where the palette is black and white or a ramp of greys Pillow drops it and takes the samples for 1-bit or 8-bit
 * grey, whatever bits the header says.
 */
function paletteOf({ bits, palette }: BmpHeader): Colours | undefined {
  if (palette === undefined) return undefined;
  const { entryBytes, count, colours } = palette;
  const rgb = new Uint8Array(256 * 3);
  for (let i = 0; i * entryBytes < colours.length; i++) {
    for (let channel = 0; channel < 3; channel++) rgb[3 * i + channel] = colours[entryBytes * i + 2 - channel] ?? 0;
  }
  const greys = count === 2 ? [0, 255] : Array.from({ length: count }, (_, i) => i);
  const isGrey =
    colours.length >= (count - 1) * entryBytes + 3 &&
    greys.every((grey, i) => [0, 1, 2].every((channel) => rgb[3 * i + channel] === grey));
  if (!isGrey) return { sampleBits: bits, rgb };
  if (count === 2) return { sampleBits: 1, rgb };
  return { sampleBits: 8, rgb: Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3)) };
}

type UnpackRow = (row: Uint8Array, to: Uint8Array) => void;

function indexedRow({ sampleBits, rgb }: Colours): UnpackRow {
  const perByte = 8 / sampleBits;
  return (row, to) => {
    for (let x = 0; x < to.length / 4; x++) {
      const shift = 8 - sampleBits * ((x % perByte) + 1);
      const index = ((row[Math.floor(x / perByte)] as number) >> shift) & (2 ** sampleBits - 1);
      to.set(rgb.subarray(3 * index, 3 * index + 3), 4 * x);
      to[4 * x + 3] = 255;
    }
  };
}

function colouredRow(layout: Layout): UnpackRow {
  switch (layout) {
    case '555':
      return packedRow([10, 5, 0], [31, 31, 31]);
    case '565':
      return packedRow([11, 5, 0], [31, 63, 31]);
    case 'indexed':
      throw new Undecodable('a bitmap without a palette');
    default:
      return bytesRow(layout.bytes);
  }
}

/** Red, green and blue in two bytes, stretched to 0 … 255 and rounded down. */
function packedRow(shifts: readonly number[], largest: readonly number[]): UnpackRow {
  return (row, to) => {
    for (let x = 0; x < to.length / 4; x++) {
      const packed = (row[2 * x] as number) + 256 * (row[2 * x + 1] as number);
      for (let channel = 0; channel < 3; channel++) {
        const most = largest[channel] as number;
        to[4 * x + channel] = Math.floor((((packed >> (shifts[channel] as number)) & most) * 255) / most);
      }
      to[4 * x + 3] = 255;
    }
  };
}

function bytesRow(order: string): UnpackRow {
  const places = ['R', 'G', 'B', 'A'].map((channel) => order.indexOf(channel));
  return (row, to) => {
    for (let i = 0; i < to.length; i++) {
      const place = places[i % 4] as number;
      to[i] = place < 0 ? 255 : (row[Math.floor(i / 4) * order.length + place] as number);
    }
  };
}
