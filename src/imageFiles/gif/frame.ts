/** The way to a GIF's first frame (specification 89a), past extensions and junk as Pillow goes it. */
import { bytesOf, type Bytes } from '../bytes';
import { Undecodable } from '../undecodable';

export interface GifFrame {
  /** Of the whole picture, which a frame that reaches out of it makes larger. */
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly interlaced: boolean;
  /** [entries, 3] */
  readonly palette: Uint8Array;
  /** The index that stands for transparent. */
  readonly transparent: number | undefined;
  readonly codeBits: number;
  /** The codes' blocks joined, without any block that is cut short. */
  readonly codes: () => Uint8Array;
}

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const COMMENT = 0xfe;
const HEADER_LENGTH = 13;

/** @throws Truncated, or Undecodable where there is no frame */
export function readFirstFrame(data: Uint8Array): GifFrame {
  const bytes = bytesOf(data);
  const shared = paletteLength(bytes.u8(10));
  let at = HEADER_LENGTH + shared;
  let transparent: number | undefined;
  for (;;) {
    const block = at < bytes.length ? bytes.u8(at) : TRAILER;
    if (block === TRAILER) throw new Undecodable('a GIF without a picture');
    if (block === IMAGE) return readFrame(bytes, at, bytes.slice(HEADER_LENGTH, shared), transparent);
    if (block !== EXTENSION) {
      at++;
      continue;
    }
    if (bytes.u8(at + 1) === GRAPHIC_CONTROL) transparent = transparentOf(bytes, at + 2) ?? transparent;
    at = endOfExtension(bytes, bytes.u8(at + 1), at + 2);
  }
}

/** The index that a graphic control's sub-block says. @throws Undecodable where it is too short to */
function transparentOf(bytes: Bytes, at: number): number | undefined {
  const length = bytes.u8(at);
  if (length === 0) return undefined;
  const hasTransparency = (bytes.u8(at + 1) & 1) === 1;
  if (length < (hasTransparency ? 4 : 3)) throw new Undecodable('a graphic control that is too short');
  return hasTransparency ? bytes.u8(at + 4) : undefined;
}

/** In bytes; 0 where there is none. */
function paletteLength(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1);
}

function readFrame(bytes: Bytes, at: number, shared: Uint8Array, transparent: number | undefined): GifFrame {
  const place = (offset: number) => bytes.u16(offset, true);
  const [left, top, frameWidth, frameHeight] = [place(at + 1), place(at + 3), place(at + 5), place(at + 7)];
  const flags = bytes.u8(at + 9);
  const own = paletteLength(flags);
  const start = at + 10 + own;
  const palette = own > 0 ? bytes.slice(at + 10, own) : shared;
  return {
    width: Math.max(place(6), left + frameWidth),
    height: Math.max(place(8), top + frameHeight),
    left,
    top,
    frameWidth,
    frameHeight,
    interlaced: (flags & 0x40) !== 0,
    palette: palette.every((value, i) => value === GREY_RAMP[i]) ? GREY_RAMP : palette,
    transparent,
    codeBits: bytes.u8(start),
    codes: () => joinBlocks(bytes, start + 1),
  };
}

/** Of a picture whose palette is absent, or starts as this one does, every index is a grey. */
const GREY_RAMP = Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3));

/**
 * Sub-blocks go on until one of length 0, or the file's end. Only of a comment may the first be that one: Pillow reads
 * another after the first of all other extensions.
 */
function endOfExtension(bytes: Bytes, label: number, start: number): number {
  let at = start;
  if (label !== COMMENT) at += (start < bytes.length ? bytes.u8(start) : 0) + 1;
  while (at < bytes.length && bytes.u8(at) !== 0) at += bytes.u8(at) + 1;
  return at + 1;
}

/** Sub-blocks are each led by their length. One of length 0 ends them, but Pillow's decoder goes on while it needs codes. */
function joinBlocks(bytes: Bytes, start: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = start; at < bytes.length && at + 1 + bytes.u8(at) <= bytes.length; at += bytes.u8(at) + 1) {
    parts.push(bytes.slice(at + 1, bytes.u8(at)));
  }
  return Buffer.concat(parts);
}
