/**
 * A JPEG's segments up to its first scan: its size, components and orientation. Walked as Pillow walks them, so that the
 * same junk between segments is passed over and the same damage refused.
 */
import { bytesOf, Truncated, type Bytes } from '../bytes';
import type { PictureMetadata } from '../exif';
import { Undecodable } from '../undecodable';

export interface JpegHeader extends PictureMetadata {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 colour, 4 CMYK or YCCK. */
  readonly components: 1 | 3 | 4;
  /** Whether the picture comes in several scans, all of which are needed for any row. */
  readonly severalScans: boolean;
  /** Where the first scan's content starts. */
  readonly scan: number;
}

type Frame = Pick<JpegHeader, 'width' | 'height' | 'components'> & { readonly progressive: boolean };

const START_OF_SCAN = 0xda;
/** Huffman-coded and arithmetic-coded. */
const PROGRESSIVE: readonly number[] = [0xc2, 0xca];
const QUANTISATION = 0xdb;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP14 = 0xee;
const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';

/** @throws Truncated, or Undecodable where there is no picture of 8 bits a sample and 1, 3 or 4 components */
export function readJpegHeader(data: Uint8Array): JpegHeader {
  const bytes = bytesOf(data);
  let frame: Frame | undefined;
  let scan: Segment | undefined;
  const exif: Uint8Array[] = [];
  let xmp: Uint8Array | undefined;
  for (const segment of segments(bytes)) {
    const { marker, content } = segment;
    if (isFrameHeader(marker)) frame = readFrame(marker, content);
    if (marker === START_OF_SCAN) scan = segment;
    if (marker === QUANTISATION) checkTables(content);
    // Pillow reads their versions, and refuses those that end before.
    if ((marker === APP0 && startsWith(content, 'JFIF')) || (marker === APP14 && startsWith(content, 'Adobe'))) {
      content.u16(5);
    }
    if (marker === APP1 && startsWith(content, EXIF)) exif.push(content.slice(6, content.length - 6));
    if (marker === APP1 && startsWith(content, XMP)) xmp = content.slice(XMP.length, content.length - XMP.length);
  }
  if (frame === undefined || scan === undefined) throw new Undecodable('no frame before the first scan');
  const { progressive, ...size } = frame;
  const severalScans = progressive || scan.content.u8(0) < size.components;
  return { ...size, severalScans, scan: scan.end, exif: exif.length === 0 ? undefined : Buffer.concat(exif), xmp };
}

interface Segment {
  readonly marker: number;
  readonly content: Bytes;
  /** Where the next one starts. */
  readonly end: number;
}

/** Ends with the header of the first scan. */
function* segments(bytes: Bytes): Generator<Segment> {
  // The start-of-image marker and the first byte of the next are the format's signature.
  for (let at = 2; ;) {
    if (bytes.u8(at) !== 0xff) {
      at++;
      continue;
    }
    const marker = bytes.u8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker !== 0 && marker < 0xc0) throw new Undecodable('a segment of no known kind');
    at += 2;
    if (marker === 0 || standsAlone(marker)) continue;
    const length = Math.max(2, bytes.u16(at));
    yield { marker, content: bytesOf(bytes.slice(at + 2, length - 2)), end: at + length };
    if (marker === START_OF_SCAN) return;
    at += length;
  }
}

/** Restarts, start and end of image, and what is reserved have no length. */
function standsAlone(marker: number): boolean {
  return marker === 0xc8 || (marker >= 0xd0 && marker <= 0xd9) || (marker >= 0xf0 && marker <= 0xfd);
}

/** SOF0 … SOF15 and DHP, without the Huffman (C4), extension (C8) and arithmetic (CC) tables among them. */
function isFrameHeader(marker: number): boolean {
  if (marker === 0xde) return true;
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readFrame(marker: number, content: Bytes): Frame {
  const [bits, components] = [content.u8(0), content.u8(5)];
  if (bits !== 8) throw new Undecodable(`${bits} bits a sample, where 8 are read`);
  if (components !== 1 && components !== 3 && components !== 4) {
    throw new Undecodable(`${components} colour components, where 1, 3 and 4 are read`);
  }
  const progressive = PROGRESSIVE.includes(marker);
  return { height: content.u16(1), width: content.u16(3), components, progressive };
}

/** A table is its number, then 64 values of one byte, or of two where the number's high bits say so. */
function checkTables(content: Bytes): void {
  for (let at = 0; at < content.length;) {
    at += content.u8(at) >> 4 === 0 ? 65 : 129;
    if (at > content.length) throw new Truncated();
  }
}

function startsWith(content: Bytes, text: string): boolean {
  return content.length >= text.length && content.text(0, text.length) === text;
}
