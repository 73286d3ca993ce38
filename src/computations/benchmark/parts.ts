/** What of a file is predicted and kept at once: a severity, a test set, or some sequences. */
import { classIndicesLike } from '../../common/classIndices';
import type { StreamedSet } from '../../datasets/types';
import { hashRows } from '../../datasets/npy/hash';
import { readImages } from '../../datasets/npy/images';
import type { BenchmarkFile } from './folder';

/** About so many images of sequences at once. */
const MOST_IMAGES = 10_000;

export interface Part {
  readonly file: BenchmarkFile;
  readonly set: StreamedSet;
}

/** In order. @param limit as the request's @throws InputError, CancelledError */
export async function partsOf(file: BenchmarkFile, limit: number, signal: AbortSignal): Promise<Part[]> {
  const { kind, images, each } = file;
  const count = Math.min(images, limit);
  const parts: Part[] = [];
  for (const [first, rows] of kind === 'sequence' ? sequences(count, each) : severities(count, each, images))
    parts.push({ file, set: await setOf(file, first, rows, signal) });
  return parts;
}

function severities(count: number, severities: number, images: number): [first: number, rows: number][] {
  return Array.from({ length: severities }, (_, severity) => [severity * images, count]);
}

function sequences(count: number, frames: number): [first: number, rows: number][] {
  const most = Math.max(1, Math.floor(MOST_IMAGES / frames));
  return Array.from({ length: Math.ceil(count / most) }, (_, part) => [
    part * most * frames,
    Math.min(most, count - part * most) * frames,
  ]);
}

async function setOf({ array, labels }: BenchmarkFile, first: number, count: number, signal: AbortSignal) {
  const own = labels.subarray(first, first + count);
  return {
    count,
    height: array.side,
    width: array.side,
    labels: own,
    contentHash: await hashRows(array, first, count, signal),
    async read(indices: ArrayLike<number>) {
      const pixels = await readImages(
        array,
        Uint32Array.from(indices, (index) => first + index),
      );
      const wanted = classIndicesLike(own, indices.length);
      for (let row = 0; row < indices.length; row++) wanted[row] = own[indices[row] as number] as number;
      return { pixels, labels: wanted };
    },
  } satisfies StreamedSet;
}
