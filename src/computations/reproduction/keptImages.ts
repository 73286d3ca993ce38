/** The images of a kept result, if they are still there. */
import { memoryReaders } from '../../datasets/reader';
import type { AboutResult } from '../../runs';
import { type HashedImage, hashInOrder, hashedImage } from '../heatmaps/hashedImage';
import type { MapKeeper } from '../heatmaps/maps';
import { imageReferenceOf, setImage } from '../images/images';
import { hashImages } from '../robustness/testImages';
import { type Basis, SkippedError } from './basis';
import { goOn } from './recomputing';

/** Every map is computed, and none is kept. */
export const NOTHING_KEPT: MapKeeper = { load: (cells) => Promise.resolve(cells.map(() => undefined)), store: goOn };

/** The images that a result names, if they are still those of the hash. @throws SkippedError */
export async function keptImages(basis: Basis, hash: string, { images: names }: AboutResult): Promise<HashedImage[]> {
  if (names === undefined) throw new SkippedError('an older version kept it, which does not say of which images');
  const sets = memoryReaders(await basis.dataset());
  const references = names.map(imageReferenceOf);
  if (references.some((reference) => reference === undefined))
    throw new SkippedError('its images are not all of the data set');
  const images = await Promise.all(
    references.flatMap((reference) => (reference === undefined ? [] : [setImage(reference, sets)])),
  );
  const hashed = images.map(hashedImage);
  if (hashInOrder(hashed) !== hash) throw new SkippedError('its images are no longer those of the data set');
  return hashed;
}

/** The first so many test images, if they are still those of the hash. @throws SkippedError */
export async function testImagesOf(basis: Basis, count: number, hash: string) {
  const { test } = await basis.dataset();
  if (count > test.count || hashImages(test, count) !== hash)
    throw new SkippedError('its images are no longer those of the data set');
  return test;
}
