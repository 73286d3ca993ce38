/** The first frame of a GIF (specification 89a). */
import { bytesOf, type Bytes } from './bytes';
import { unpackCodes } from './gifCodes';
import type { RgbaImage } from './rgba';
import { Undecodable } from './undecodable';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const GRAPHIC_CONTROL = 0xf9;

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly interlaced: boolean;
  /** [entries, 3] */
  readonly palette: Uint8Array;
  /** An index into the palette for each pixel. */
  readonly indices: Uint8Array;
}

/** @throws Truncated, or Undecodable where the file is damaged. Places that the frame leaves empty are transparent. */
export function decodeGif(data: Uint8Array): RgbaImage {
  const bytes = bytesOf(data);
  const [width, height] = [bytes.u16(6, true), bytes.u16(8, true)];
  const pixels = new Uint8Array(width * height * 4);
  let at = 13 + paletteLength(bytes.u8(10));
  const shared = bytes.slice(13, at - 13);
  let transparent = -1;
  for (;;) {
    const block = bytes.u8(at);
    if (block === IMAGE) {
      paint(readFrame(bytes, at, shared), transparent, { width, height, pixels });
      return { width, height, pixels };
    }
    if (block !== EXTENSION) throw new Undecodable('a GIF without a picture');
    const hasTransparency = bytes.u8(at + 1) === GRAPHIC_CONTROL && (bytes.u8(at + 3) & 1) === 1;
    if (hasTransparency) transparent = bytes.u8(at + 6);
    at = endOfBlocks(bytes, at + 2);
  }
}

/** In bytes; 0 where there is none. */
function paletteLength(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1);
}

function readFrame(bytes: Bytes, at: number, shared: Uint8Array): Frame {
  const [left, top] = [bytes.u16(at + 1, true), bytes.u16(at + 3, true)];
  const [width, height] = [bytes.u16(at + 5, true), bytes.u16(at + 7, true)];
  const flags = bytes.u8(at + 9);
  const own = paletteLength(flags);
  const palette = own === 0 ? shared : bytes.slice(at + 10, own);
  const codes = at + 10 + own;
  const end = endOfBlocks(bytes, codes + 1);
  const indices = unpackCodes(joinBlocks(bytes, codes + 1, end), bytes.u8(codes), width * height);
  return { left, top, width, height, interlaced: (flags & 0x40) !== 0, palette, indices };
}

/** Sub-blocks are each led by their length; one of length 0 ends them. */
function endOfBlocks(bytes: Bytes, at: number): number {
  while (bytes.u8(at) !== 0) at += bytes.u8(at) + 1;
  return at + 1;
}

function joinBlocks(bytes: Bytes, at: number, end: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (; at < end - 1; at += bytes.u8(at) + 1) parts.push(bytes.slice(at + 1, bytes.u8(at)));
  return Buffer.concat(parts);
}

function paint(frame: Frame, transparent: number, to: RgbaImage): void {
  const rows = frame.interlaced ? interlacedRows(frame.height) : undefined;
  for (let y = 0; y < frame.height; y++) {
    const row = frame.top + (rows?.[y] ?? y);
    for (let x = 0; x < frame.width; x++) {
      const index = frame.indices[y * frame.width + x] as number;
      const column = frame.left + x;
      if (index === transparent || row >= to.height || column >= to.width) continue;
      const at = (row * to.width + column) * 4;
      to.pixels.set(frame.palette.subarray(index * 3, index * 3 + 3), at);
      to.pixels[at + 3] = 255;
    }
  }
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
