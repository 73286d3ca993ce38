/** A PNG's pixels: decompressed, and each line restored from what its filter has made of it. */
import { createInflateRaw, constants, inflateSync } from 'node:zlib';
import { succeeds } from '../../common/succeeds';
import { Truncated } from '../bytes';
import { Undecodable } from '../undecodable';
import type { CompressedPixels } from './chunks';

/** Lines of one pass over the picture, which is all of it where it is not interlaced. */
export interface Pass {
  /** [lines, bytes of a line], several samples in a byte where they are small. */
  readonly lines: readonly Uint8Array[];
  readonly firstColumn: number;
  readonly columnStep: number;
  readonly firstRow: number;
  readonly rowStep: number;
}

/** Adam7: from which row and column, and in what steps, the seven passes take their pixels. */
const ADAM7 = [
  [0, 8, 0, 8],
  [0, 8, 4, 8],
  [4, 8, 0, 4],
  [0, 4, 2, 4],
  [2, 4, 0, 2],
  [0, 2, 1, 2],
  [1, 2, 0, 1],
] as const;
const WHOLE = [[0, 1, 0, 1]] as const;

interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly interlaced: boolean;
  readonly bitsPerPixel: number;
}

/** @throws Truncated, or Undecodable. Passes of no pixels are left out. */
export async function readPasses(pixels: CompressedPixels, geometry: Geometry): Promise<Pass[]> {
  const { width, height, interlaced, bitsPerPixel } = geometry;
  const passes = (interlaced ? ADAM7 : WHOLE)
    .map(([firstRow, rowStep, firstColumn, columnStep]) => ({
      firstRow,
      rowStep,
      firstColumn,
      columnStep,
      count: Math.ceil((height - firstRow) / rowStep),
      lineBytes: Math.ceil((Math.ceil((width - firstColumn) / columnStep) * bitsPerPixel) / 8),
    }))
    .filter(({ count, lineBytes }) => count > 0 && lineBytes > 0);
  const needed = passes.reduce((sum, { count, lineBytes }) => sum + count * (1 + lineBytes), 0);
  const content = await inflatePixels(pixels.data, needed);
  if (await isFollowedByCutChunk(pixels, needed)) throw new Truncated();
  const distance = Math.ceil(bitsPerPixel / 8);
  let at = 0;
  return passes.map(({ count, lineBytes, ...places }) => {
    const lines: Uint8Array[] = [];
    let above: Uint8Array = new Uint8Array(lineBytes);
    for (let i = 0; i < count && at < content.length; i++, at += 1 + lineBytes) {
      const line = content.subarray(at + 1, at + 1 + lineBytes);
      if (line.length < lineBytes) throw new Truncated();
      unfilter(content[at] as number, line, above, distance);
      lines.push(line);
      above = line;
    }
    return { ...places, lines };
  });
}

/**
 * What follows the pixels is not looked at, but for the zlib stream's checksum where it ends with them. Fewer bytes come
 * only where the stream ends by itself: the lines that are left are blank then.
 */
async function inflatePixels(data: Uint8Array, needed: number): Promise<Uint8Array> {
  if (data.length < ZLIB_HEADER) throw new Truncated();
  const [method, flags] = [data[0] as number, data[1] as number];
  const isZlib = (method & 15) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0 && (flags & 32) === 0;
  if (!isZlib) throw new Undecodable('pixels that are no zlib stream');
  try {
    return inflateSync(data, { maxOutputLength: needed });
  } catch (error) {
    const content = await firstBytes(data.subarray(ZLIB_HEADER), needed);
    const endsWithPixels = (error as Error).message === WRONG_CHECKSUM && !(await holdsMore(data, needed));
    if (endsWithPixels) throw new Undecodable('pixels with a wrong checksum', error);
    return content;
  }
}

/** Bytes. */
const ZLIB_HEADER = 2;

/** zlib's words. */
const WRONG_CHECKSUM = 'incorrect data check';

function holdsMore(data: Uint8Array, needed: number): Promise<boolean> {
  return succeeds(firstBytes(data.subarray(ZLIB_HEADER), needed + 1));
}

/** Pillow passes over what is left of the chunk that the last line ends in, but reads those after it. */
async function isFollowedByCutChunk({ data, wholeBytes }: CompressedPixels, needed: number): Promise<boolean> {
  return wholeBytes !== undefined && (await holdsMore(data.subarray(0, wholeBytes), needed - 1));
}

/** Of a stream that holds more than the pixels, ends in the middle, or is damaged somewhere. */
function firstBytes(deflated: Uint8Array, needed: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    // Small parts, because what stands before damage in the same part is lost, and not too many, because each takes time.
    const chunkSize = Math.max(constants.Z_MIN_CHUNK, Math.min(65_536, Math.floor(needed / 1024)));
    const stream = createInflateRaw({ chunkSize, finishFlush: constants.Z_SYNC_FLUSH });
    stream.on('data', (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length < needed) return;
      resolve(Buffer.concat(parts, needed));
      stream.destroy();
    });
    stream.on('error', (error) => reject(new Undecodable('damaged pixels', error)));
    stream.on('end', () => reject(new Truncated()));
    stream.end(deflated);
  });
}

/** In place. @param distance bytes from a sample to the same one of the pixel before */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, distance: number): void {
  const predict = FILTERS[filter];
  if (predict === undefined) throw new Undecodable(`an unknown filter ${filter}`);
  if (predict === 'none') return;
  for (let i = 0; i < line.length; i++) {
    const before = i >= distance ? (line[i - distance] as number) : 0;
    const up = above[i] as number;
    const upBefore = i >= distance ? (above[i - distance] as number) : 0;
    line[i] = (line[i] as number) + predict(before, up, upBefore);
  }
}

type Predict = (before: number, up: number, upBefore: number) => number;

const FILTERS: readonly ('none' | Predict)[] = [
  'none',
  (before) => before,
  (_before, up) => up,
  (before, up) => (before + up) >> 1,
  paeth,
];

/** Of the three neighbours, the nearest to left + up - upper left. */
function paeth(before: number, up: number, upBefore: number): number {
  const toBefore = Math.abs(up - upBefore);
  const toUp = Math.abs(before - upBefore);
  const toUpBefore = Math.abs(before + up - 2 * upBefore);
  if (toBefore <= toUp && toBefore <= toUpBefore) return before;
  return toUp <= toUpBefore ? up : upBefore;
}
