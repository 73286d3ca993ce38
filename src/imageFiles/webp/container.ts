/** A WebP's chunks, the first picture among them, and where it stands. Read as libwebp's demuxer reads them. */
import { bytesOf, Truncated, type Bytes } from '../bytes';
import type { PictureMetadata } from '../exif';
import { Undecodable } from '../undecodable';

export interface WebpFile extends PictureMetadata {
  /** Of the whole picture. */
  readonly width: number;
  readonly height: number;
  /** The first picture, which covers the whole one but in an animation. */
  readonly frame: WebpFrame;
  /** Whether what is transparent counts. Otherwise colours are shown as stored, and what no frame covers is black. */
  readonly hasAlpha: boolean;
}

export interface WebpFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The lossless picture, or the lossy one. */
  readonly image: Chunk;
  /** A lossy picture's transparency. */
  readonly alpha: Chunk | undefined;
}

export interface Chunk {
  readonly name: string;
  readonly content: Bytes;
}

const HEADER_LENGTH = 12;
const ANIMATION_FLAG = 0x02;
const ALPHA_FLAG = 0x10;
const FRAME_HEADER_LENGTH = 16;

/** @throws Truncated, or Undecodable */
export function readWebp(file: Uint8Array): WebpFile {
  const bytes = bytesOf(file);
  const end = 8 + bytes.u32(4, true);
  const chunks = chunksOf(bytesOf(bytes.slice(0, end)), HEADER_LENGTH);
  const [first] = chunks;
  if (first === undefined) throw new Truncated();
  if (!['VP8 ', 'VP8L', 'VP8X'].includes(first.name)) throw new Undecodable('a first part of no known kind');
  if (first.name !== 'VP8X') return stillFile(pictureOf(chunks));
  const flags = first.content.u8(0);
  const [width, height] = [u24(first.content, 4) + 1, u24(first.content, 7) + 1];
  const animated = (flags & ANIMATION_FLAG) !== 0;
  const frame = animated ? firstFrame(chunks) : stillFrame(pictureOf(chunks));
  const fits = animated
    ? frame.left + frame.width <= width && frame.top + frame.height <= height
    : frame.width === width && frame.height === height;
  if (!fits) throw new Undecodable('a picture of another size than the file says');
  const content = (name: string) => chunks.find((chunk) => chunk.name === name)?.content.all;
  const hasAlpha = animated ? (flags & ALPHA_FLAG) !== 0 : pictureHasAlpha(frame, (flags & ALPHA_FLAG) !== 0);
  return { width, height, frame, hasAlpha, exif: content('EXIF'), xmp: content('XMP ') };
}

function stillFile(picture: Picture): WebpFile {
  const frame = stillFrame(picture);
  return { width: frame.width, height: frame.height, frame, hasAlpha: pictureHasAlpha(frame, false) };
}

function chunksOf(bytes: Bytes, start: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = start; at + 8 <= bytes.length;) {
    const length = bytes.u32(at + 4, true);
    chunks.push({ name: bytes.text(at, 4), content: bytesOf(bytes.slice(at + 8, length)) });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

type Picture = Pick<WebpFrame, 'image' | 'alpha'>;

function pictureOf(chunks: readonly Chunk[]): Picture {
  const image = chunks.find(({ name }) => name === 'VP8 ' || name === 'VP8L');
  if (image === undefined) throw new Truncated();
  const alpha = image.name === 'VP8 ' ? chunks.find(({ name }) => name === 'ALPH') : undefined;
  return { image, alpha };
}

function firstFrame(chunks: readonly Chunk[]): WebpFrame {
  const at = chunks.findIndex(({ name }) => name === 'ANMF');
  const content = chunks[at]?.content;
  if (content === undefined) throw new Truncated();
  const hasSettings = chunks.slice(0, at).some((chunk) => chunk.name === 'ANIM' && chunk.content.length >= 6);
  if (!hasSettings) throw new Undecodable('an animation without its settings');
  // What the header says of its size is not looked at: the picture itself says it too. Places are kept in twos.
  const frame = stillFrame(pictureOf(chunksOf(content, FRAME_HEADER_LENGTH)));
  return { ...frame, left: 2 * u24(content, 0), top: 2 * u24(content, 3) };
}

function stillFrame(picture: Picture): WebpFrame {
  return { left: 0, top: 0, ...sizeOf(picture.image), ...picture };
}

function sizeOf({ name, content }: Chunk): { width: number; height: number } {
  if (name === 'VP8 ') return { width: content.u16(6, true) & 0x3fff, height: content.u16(8, true) & 0x3fff };
  const packed = content.u32(1, true);
  return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
}

function pictureHasAlpha({ image, alpha }: Picture, flagged: boolean): boolean {
  if (image.name === 'VP8L') return (image.content.u32(1, true) & 0x1000_0000) !== 0;
  return flagged || alpha !== undefined;
}

function u24(bytes: Bytes, at: number): number {
  return bytes.u16(at, true) + bytes.u8(at + 2) * 65_536;
}
