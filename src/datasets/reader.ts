/** Sets by index, and whole sets in memory, each as the other. */
import { classIndicesLike, type ClassIndices } from '../common/classIndices';
import { CancelledError } from '../common/errors';
import type { DataReader, SetReader } from './dataReader';
import { gatherBatch } from './order';
import { isStreamed } from './streamed';
import type { Dataset, ImageSet, ImageSource } from './types';

/** A data set that has been loaded already. */
export function memoryReaders({ test, train }: Dataset): Pick<DataReader, 'test' | 'train'> {
  return { test: memoryReader(test), train: memoryReader(train) };
}

function memoryReader(set: ImageSource): SetReader {
  const { count, height, width, labels } = set;
  const size = { count, height, width, labels: () => Promise.resolve(labels) };
  if (isStreamed(set)) {
    const { contentHash } = set;
    return {
      ...size,
      read: (indices, signal) => set.read(indices, signal),
      contentHash: () => Promise.resolve(contentHash),
    };
  }
  return { ...size, read: (indices) => Promise.resolve(gatherBatch(set, indices)) };
}

/** So many images at once, between which a person may cancel. */
const PART = 5000;

/** All of a set. @param progress is told how many images have been read @throws CancelledError, and as the reader */
export async function readSet(
  reader: SetReader,
  { signal, progress }: { signal?: AbortSignal | undefined; progress?: (done: number) => void } = {},
): Promise<ImageSet> {
  const { count, height, width } = reader;
  const pixels = new Uint8Array(count * height * width * 3);
  let labels: ClassIndices | undefined;
  let masks: Uint8Array | undefined;
  for (let first = 0; first < count; first += PART) {
    if (signal?.aborted === true) throw new CancelledError();
    const length = Math.min(PART, count - first);
    const part = await reader.read(Uint32Array.from({ length }, (_, at) => first + at));
    pixels.set(part.pixels, first * height * width * 3);
    (labels ??= classIndicesLike(part.labels, count)).set(part.labels, first);
    if (part.masks !== undefined)
      (masks ??= new Uint8Array(count * height * width)).set(part.masks, first * height * width);
    progress?.(first + length);
  }
  return {
    count,
    height,
    width,
    pixels,
    labels: labels ?? new Uint8Array(),
    ...(masks === undefined ? {} : { masks }),
  };
}
