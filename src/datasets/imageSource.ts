/** Images with their labels at hand, and their pixels in memory or read when they are needed. */
import { createHash } from 'node:crypto';
import { classIndicesLike, classIndicesToBytes, type ClassIndices } from '../common/classIndices';
import { CancelledError } from '../common/errors';
import type { SetReader } from './dataReader';
import { gatherBatch } from './order';
import { readSet } from './reader';
import { isStreamed } from './streamed';
import type { DataWatch, ImageBatch, ImageSource } from './types';

export { inMemory, isStreamed } from './streamed';

/** The images with these indices, in their order. @throws CancelledError, InputError where a file is damaged */
export async function readImages(
  source: ImageSource,
  indices: ArrayLike<number>,
  signal?: AbortSignal,
): Promise<ImageBatch> {
  if (signal?.aborted === true) throw new CancelledError();
  return isStreamed(source) ? source.read(indices, signal) : gatherBatch(source, indices);
}

/** Images `start` … `start + length − 1`. Of a set in memory their pixels are not copied. @throws as `readImages` */
export async function readRange(
  source: ImageSource,
  start: number,
  length: number,
  signal?: AbortSignal,
): Promise<ImageBatch> {
  if (isStreamed(source)) return source.read(rangeOf(start, length), signal);
  const size = source.height * source.width * 3;
  return {
    pixels: source.pixels.subarray(start * size, (start + length) * size),
    labels: source.labels.subarray(start, start + length),
  };
}

function rangeOf(start: number, length: number): Uint32Array {
  return Uint32Array.from({ length }, (_, at) => start + at);
}

/** All of a reader's images: in memory, unless the reader streams them. @throws CancelledError, and as the reader */
export async function openSource(
  reader: SetReader,
  watch: { readonly signal?: DataWatch['signal']; readonly progress?: (done: number) => void } = {},
): Promise<ImageSource> {
  if (reader.contentHash === undefined) return readSet(reader, watch);
  const { count, height, width } = reader;
  return {
    count,
    height,
    width,
    labels: await reader.labels(),
    contentHash: await reader.contentHash(watch.signal, watch.progress),
    read: (indices, signal) => reader.read(indices, signal),
  };
}

/** @param indices of the set's images, in the order that the subset has */
export function subset(source: ImageSource, indices: Uint32Array): ImageSource {
  const { height, width } = source;
  const size = { count: indices.length, height, width };
  if (!isStreamed(source)) return { ...size, ...gatherBatch(source, indices) };
  const { labels, contentHash } = source;
  return {
    ...size,
    labels: takeLabels(labels, indices),
    contentHash: sha256('subset', contentHash, indices),
    read: (places, signal) =>
      source.read(
        Uint32Array.from(places, (place) => indices[place] as number),
        signal,
      ),
  };
}

/** The same images under other labels. @param labels [count] */
export function relabelled(source: ImageSource, labels: ClassIndices): ImageSource {
  if (!isStreamed(source)) return { ...source, labels };
  return {
    ...source,
    labels,
    async read(indices, signal) {
      const batch = await source.read(indices, signal);
      return { ...batch, labels: takeLabels(labels, indices) };
    },
  };
}

/** SHA-256, hexadecimal, that names the pixels: their own, or where they are not in memory the set's content hash. */
export function pixelHash(source: ImageSource): string {
  return isStreamed(source) ? source.contentHash : createHash('sha256').update(source.pixels).digest('hex');
}

/** Of the pixels and labels of the first so many images. */
export function hashOfFirst(source: ImageSource, count: number): string {
  const { height, width, labels } = source;
  const hash = createHash('sha256').update(`${count}×${height}×${width}:`);
  if (isStreamed(source)) hash.update(source.contentHash);
  else hash.update(source.pixels.subarray(0, count * height * width * 3));
  return hash.update(classIndicesToBytes(labels.subarray(0, count))).digest('hex');
}

/** Of the same kind of array. */
function takeLabels(labels: ClassIndices, indices: ArrayLike<number>): ClassIndices {
  const taken = classIndicesLike(labels, indices.length);
  for (let row = 0; row < indices.length; row++) taken[row] = labels[indices[row] as number] as number;
  return taken;
}

function sha256(...parts: readonly (string | Uint8Array | Uint32Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
