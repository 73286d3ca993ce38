/** Which images are explained, and their pixels. Needs no engine. */
import { InputError } from '../../common/errors';
import { readPicture } from '../../imageFiles/pictureAtInput';
import type { ImageReference } from './schema';
import { explainedImages, type Study } from '../../study';
import type { DataReader, SetReader } from '../../datasets/dataReader';
import type { ImageToExplain } from '../heatmaps/explain';
import type { InputSettings } from '../../models/input';

export type { ImageReference } from './schema';

export type ImageSets = Pick<DataReader, 'test' | 'train'>;

/** The images that a study names: see `explainedImages`. */
export function studyImages(study: Study, testCount: number): ImageReference[] {
  return explainedImages(study, testCount).map((image) => ({ kind: 'set', ...image }));
}

/** "test:3", "train:17", or a file's path. */
export function imageName(reference: ImageReference): string {
  return reference.kind === 'file' ? reference.path : `${reference.set}:${reference.index}`;
}

/** The reverse of `imageName`, of images of a set; undefined of a file. */
export function imageReferenceOf(name: string): Extract<ImageReference, { kind: 'set' }> | undefined {
  const [, set, index] = /^(test|train):(\d+)$/.exec(name) ?? [];
  return set === undefined ? undefined : { kind: 'set', set: set as 'test' | 'train', index: Number(index) };
}

/** @throws InputError for an index that the set does not have, or a file that cannot be read */
export async function loadImages(
  references: readonly ImageReference[],
  sets: ImageSets | undefined,
  input: InputSettings,
): Promise<ImageToExplain[]> {
  const images: ImageToExplain[] = [];
  for (const reference of references) {
    images.push(reference.kind === 'file' ? await fileImage(reference, input) : await setImage(reference, sets));
  }
  return images;
}

export async function setImage(
  reference: Extract<ImageReference, { kind: 'set' }>,
  sets: ImageSets | undefined,
): Promise<ImageToExplain> {
  const name = imageName(reference);
  if (sets === undefined) {
    throw new InputError('an image of a data set, and no data set', {
      place: name,
      expected: '--data FOLDER, or an image file',
    });
  }
  const set = sets[reference.set];
  refuseUnknownIndices(reference.set, set, [reference.index]);
  const { pixels, labels, masks } = await set.read([reference.index]);
  const image = { name, height: set.height, width: set.width, pixels, label: labels[0] as number };
  return masks === undefined ? image : { ...image, mask: masks };
}

/** @throws InputError for an index that the set does not have */
export function refuseUnknownIndices(name: string, { count }: SetReader, indices: readonly number[]): void {
  const unknown = indices.find((index) => index >= count);
  if (unknown === undefined) return;
  throw new InputError('no such image', {
    place: `${name}:${unknown}`,
    found: `${count} ${name} images`,
    expected: count === 0 ? 'an image of another set' : `an index from 0 to ${count - 1}`,
  });
}

async function fileImage(
  { path, resize }: Extract<ImageReference, { kind: 'file' }>,
  settings: InputSettings,
): Promise<ImageToExplain> {
  const { input, original } = await readPicture(path, settings, resize);
  return { name: path, ...input, label: null, ...(original && { original }) };
}
