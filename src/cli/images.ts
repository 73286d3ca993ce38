import { basename } from 'node:path';
import { InputError } from '../common/errors';
import { createRandom } from '../common/random';
import type { Dataset, ImageSet } from '../engine/data';
import type { ImageToExplain } from '../engine/explain/explain';
import { decodeImageFile, resizePixels } from '../imaging';
import type { Study } from '../study';
import type { ImageReference } from './arguments';

/** The images that a study names. So many at random are drawn by the training's seed. */
export function studyImages({ explain, training }: Study, dataset: Dataset): ImageReference[] {
  const { images } = explain;
  if ('random' in images) {
    const order = createRandom('explained images', training.seed).permutation(dataset.test.count);
    return [...order.slice(0, images.random)].map((index) => ({ kind: 'test', index }));
  }
  const references = (kind: 'test' | 'train') => images[kind].map((index) => ({ kind, index }) as const);
  return [...references('test'), ...references('train')];
}

/** @throws InputError for an index that the set does not have, or a file that cannot be read */
export async function loadImages(
  references: readonly ImageReference[],
  dataset: Dataset | undefined,
  inputSize: number,
): Promise<ImageToExplain[]> {
  const images: ImageToExplain[] = [];
  for (const reference of references) {
    images.push(reference.kind === 'file' ? await fileImage(reference.path, inputSize) : setImage(reference, dataset));
  }
  return images;
}

function setImage(
  { kind, index }: Extract<ImageReference, { index: number }>,
  dataset: Dataset | undefined,
): ImageToExplain {
  const name = `${kind}:${index}`;
  if (dataset === undefined) {
    throw new InputError('an image of a data set, and no data set', {
      place: name,
      expected: '--data FOLDER, or an image file',
    });
  }
  const set: ImageSet = dataset[kind];
  const label = set.labels[index];
  if (label === undefined) {
    throw new InputError('no such image', {
      place: name,
      found: `${set.count} ${kind} images`,
      expected: `an index from 0 to ${set.count - 1}`,
    });
  }
  const size = set.height * set.width * 3;
  const pixels = set.pixels.subarray(index * size, (index + 1) * size);
  return { name, height: set.height, width: set.width, pixels, label };
}

async function fileImage(path: string, inputSize: number): Promise<ImageToExplain> {
  return { name: path, ...resizePixels(await decodeImageFile(path), inputSize, inputSize), label: null };
}

/**
 * A file name for what is made of each image, "test-3" or "cat"; a second "cat" of another folder becomes "cat-2". Told
 * apart without regard to case, as some file systems do.
 */
export function fileStems(imageNames: readonly string[]): Map<string, string> {
  const stems = new Map<string, string>();
  const used = new Set<string>();
  for (const name of new Set(imageNames)) {
    const plain = basename(name.replace(':', '-')).replace(/\.[^.]*$/, '');
    let stem = plain;
    for (let count = 2; used.has(stem.toLowerCase()); count++) stem = `${plain}-${count}`;
    used.add(stem.toLowerCase());
    stems.set(name, stem);
  }
  return stems;
}
