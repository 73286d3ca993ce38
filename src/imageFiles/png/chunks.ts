/**
 * A PNG's chunks, taken and refused as Pillow does: up to the pixels every chunk must be whole and have its checksum;
 * what the pixels' own chunks say of theirs is not looked at, and what follows may be missing.
 */
import { crc32 } from '../../common/crc32';
import { bytesOf, type Bytes } from '../bytes';
import type { PictureMetadata } from '../exif';
import { Undecodable } from '../undecodable';
import { createSequence, isAnimated, readFrame, type Frame } from './animation';
import { checkProfile, createTextLimit, readText, type TextChunk } from './text';

export interface PngHeader extends PictureMetadata {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** 0 grey, 2 colour, 3 indexed, 4 grey with alpha, 6 colour with alpha. */
  readonly colourType: number;
  readonly interlaced: boolean;
  /** Where in the picture the pixels stand: of an animation, as its first frame says. */
  readonly frame: Frame;
}

export interface PngFile {
  readonly header: PngHeader;
  /** [entries, 3] */
  readonly palette: Uint8Array | undefined;
  /** What the tRNS chunk holds. */
  readonly transparency: Bytes | undefined;
  readonly pixels: CompressedPixels;
}

export interface CompressedPixels {
  readonly data: Uint8Array;
  /** How much of it is there without the last chunk, where the file ends within that. */
  readonly wholeBytes: number | undefined;
}

interface Chunk {
  readonly name: string;
  readonly content: Bytes;
  /** Of the chunk after this one. */
  readonly next: number;
}

const SIGNATURE_LENGTH = 8;
const NAME = /^\w{4}$/;
const STARTS_PIXELS = ['IDAT', 'fdAT'];
const PIXELS = ['IDAT', 'DDAT', 'fdAT'];

/** The shortest content of the chunks that Pillow looks into, whether the picture needs them or not. */
const LEAST_BYTES: Readonly<Record<string, number>> = { IHDR: 13, gAMA: 4, sRGB: 1, pHYs: 9, acTL: 8, fcTL: 26 };

/** @throws Truncated, or Undecodable */
export function readPng(file: Uint8Array): PngFile {
  const bytes = bytesOf(file);
  const found = collect();
  let at = SIGNATURE_LENGTH;
  for (let name = nameAt(bytes, at); !STARTS_PIXELS.includes(name); name = nameAt(bytes, at)) {
    if (name === 'IEND') throw new Undecodable('no pixels');
    const chunk = readChunk(bytes, at);
    found.take(chunk);
    refuseWrongChecksum(bytes, at, chunk);
    at = chunk.next;
  }
  const ahead = new Map(found.chunks);
  const { end, ...pixels } = readPixels(bytes, at, found.take);
  if (end !== undefined) readRest(bytes, end, isAnimated(ahead.get('acTL')?.content, ahead.has('fcTL')), found.take);
  return {
    header: readHeader(ahead, found),
    palette: ahead.get('PLTE')?.content.all,
    transparency: found.chunks.get('tRNS')?.content,
    pixels,
  };
}

interface Found {
  /** By name, the last of each. */
  readonly chunks: ReadonlyMap<string, Chunk>;
  readonly texts: readonly TextChunk[];
  /** @throws Undecodable */
  readonly take: (chunk: Chunk) => void;
}

function collect(): Found {
  const chunks = new Map<string, Chunk>();
  const texts: TextChunk[] = [];
  const checkSequence = createSequence();
  const countText = createTextLimit();
  const take = (chunk: Chunk): void => {
    const { name, content } = chunk;
    if (content.length < (LEAST_BYTES[name] ?? 0)) throw new Undecodable(`a part ${name} that is too short`);
    if (name === 'cHRM' && content.length % 4 !== 0) throw new Undecodable('a part cHRM of a wrong length');
    if (name === 'iCCP') countText(checkProfile(content.all));
    checkSequence(name, content.all);
    const text = readText(name, content.all);
    if (text !== undefined) {
      countText(text.value.length);
      texts.push(text);
    }
    chunks.set(name, chunk);
  };
  return { chunks, texts, take };
}

function nameAt(bytes: Bytes, at: number): string {
  const name = bytes.text(at + 4, 4);
  if (!NAME.test(name)) throw new Undecodable('a part without a name');
  return name;
}

function readChunk(bytes: Bytes, at: number): Chunk {
  const length = bytes.u32(at);
  return { name: nameAt(bytes, at), content: bytesOf(bytes.slice(at + 8, length)), next: at + 12 + length };
}

function refuseWrongChecksum(bytes: Bytes, at: number, { name, content }: Chunk): void {
  if (crc32(bytes.slice(at + 4, 4 + content.length)) === bytes.u32(at + 8 + content.length)) return;
  throw new Undecodable(`a part ${name} with a wrong checksum`);
}

/** @returns `end`, where the chunk after the pixels starts; undefined where the file ends before that */
function readPixels(
  bytes: Bytes,
  start: number,
  take: (chunk: Chunk) => void,
): CompressedPixels & { end: number | undefined } {
  const parts: Uint8Array[] = [];
  let wholeBytes: number | undefined;
  let at = start;
  while (at + 8 <= bytes.length && PIXELS.includes(bytes.text(at + 4, 4))) {
    const [name, length] = [bytes.text(at + 4, 4), bytes.u32(at)];
    const there = Math.min(length, bytes.length - at - 8);
    const content = bytes.slice(at + 8, there);
    if (there < length) wholeBytes = parts.reduce((sum, part) => sum + part.length, 0);
    if (name === 'fdAT') take({ name, content: bytesOf(content), next: at + 12 + length });
    // Of an animation's frame, the first four bytes are its number.
    parts.push(name === 'fdAT' ? content.subarray(4) : content);
    at += 12 + length;
  }
  return { data: Buffer.concat(parts), wholeBytes, end: at + 8 <= bytes.length ? at : undefined };
}

/** What may stand behind the pixels too, such as EXIF data. A chunk without a name ends it; one that is cut is refused. */
function readRest(bytes: Bytes, start: number, animated: boolean, take: (chunk: Chunk) => void): void {
  for (let at = start; at + 8 <= bytes.length;) {
    const name = bytes.text(at + 4, 4);
    if (!NAME.test(name) || name === 'IEND' || (name === 'fcTL' && animated)) return;
    const chunk = readChunk(bytes, at);
    take(chunk);
    at = chunk.next;
  }
}

function readHeader(ahead: ReadonlyMap<string, Chunk>, { chunks, texts }: Found): PngHeader {
  const content = ahead.get('IHDR')?.content;
  if (content === undefined) throw new Undecodable('no header');
  if (content.u8(11) !== 0) throw new Undecodable('an unknown kind of filter');
  const [width, height] = [content.u32(0), content.u32(4)];
  const text = (key: string) => texts.findLast((item) => item.key === key)?.value;
  const profile = text('Raw profile type exif');
  return {
    width,
    height,
    bits: content.u8(8),
    colourType: content.u8(9),
    interlaced: content.u8(12) !== 0,
    frame: readFrame(ahead.get('fcTL')?.content, { width, height }),
    exif: chunks.get('eXIf')?.content.all ?? text('exif') ?? (profile && unhex(profile)),
    xmp: text('XML:com.adobe.xmp'),
  };
}

/** ImageMagick's way to keep EXIF data: after three lines, in hexadecimal. */
function unhex(text: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(text).toString('latin1').split('\n').slice(3).join(''), 'hex');
}
