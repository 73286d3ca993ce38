/** Maps with their sign, of one class an image. */
import type * as tf from '@tensorflow/tfjs-core';
import { CancelledError } from '../../common/errors';
import { yieldToEvents } from '../../common/yieldToEvents';
import { blobMap, edgeMap, randomMap } from '../../measures/faithfulness/controlMaps';
import type { SignedMap } from '../../measures/faithfulness/rank';
import { requireFinite } from '../../models/finite';
import type { TensorWeights } from '../../models/forward';
import { toInput } from '../../models/input';
import { inferenceBatchSize } from '../../models/memory/inference';
import { mapsAtOnce } from '../heatmaps/batches';
import { explainOneClass } from '../heatmaps/oneClass';
import type { HashedImage } from '../heatmaps/hashedImage';
import type { Through } from './through';
import type { Subject } from './subjects';

export interface MapOptions extends Through {
  /** Of the untrained checkpoint, where its maps are asked for. */
  readonly untrained: TensorWeights | undefined;
  /** The untrained checkpoint's maps so far, which many checkpoints are held against. */
  readonly knownMaps: Map<string, SignedMap>;
}

type Explaining = Exclude<Subject, { kind: 'control' }>;

/**
 * Maps of images as they come.
 * @param tensor of the images `from` … `to − 1`, which is disposed here @param targets the explained class of each
 * @throws CancelledError, and WorkError where maps are not finite
 */
export async function mapsOf(
  { explained, kind }: Explaining,
  { weights, untrained, input, signal, advance, yieldTurn }: MapOptions,
  tensor: (from: number, to: number) => tf.Tensor4D,
  targets: readonly number[],
): Promise<SignedMap[]> {
  const { height, width } = explained.targetLayer;
  const area = height * width;
  const by = kind === 'method' ? weights : (untrained as TensorWeights);
  const atOnce = mapsAtOnce(explained, inferenceBatchSize(explained.model));
  const found: SignedMap[] = [];
  for (let from = 0; from < targets.length; from += atOnce) {
    if (signal.aborted) throw new CancelledError();
    const chosen = targets.slice(from, from + atOnce);
    const images = tensor(from, from + chosen.length);
    const { maps } = await explainOneClass(explained, by, images, input, chosen, signal).finally(() =>
      images.dispose(),
    );
    requireFinite('', maps);
    chosen.forEach((_, i) => found.push({ height, width, values: maps.slice(i * area, (i + 1) * area) }));
    advance(chosen.length);
    await yieldTurn();
    await yieldToEvents();
  }
  return found;
}

/** The maps of a chunk's images. */
export async function mapsOfChunk(
  subject: Subject,
  options: MapOptions,
  targets: readonly number[],
): Promise<SignedMap[]> {
  const { chunk, input, seed, knownMaps } = options;
  if (subject.kind === 'control') return chunk.images.map((image) => controlMap(subject, image, seed));
  const nameOf = (place: number): string => `${subject.id}:${chunk.images[place]?.hash ?? ''}:${targets[place] ?? ''}`;
  const places = targets.map((_, place) => place).filter((place) => !knownMaps.has(nameOf(place)));
  const images = places.map((place) => chunk.images[place] as HashedImage);
  const classes = places.map((place) => targets[place] as number);
  const maps = await mapsOf(subject, options, (from, to) => chunkTensor(images.slice(from, to), input), classes);
  const found = new Map(places.map((place, at) => [place, maps[at] as SignedMap]));
  if (subject.kind === 'untrained') found.forEach((map, place) => knownMaps.set(nameOf(place), map));
  return targets.map((_, place) => (found.get(place) ?? knownMaps.get(nameOf(place))) as SignedMap);
}

/** The caller disposes it. @param images of one size */
export function chunkTensor(images: readonly HashedImage[], input: Through['input']): tf.Tensor4D {
  const { height, width } = (images[0] as HashedImage).image;
  const length = height * width * 3;
  const pixels = new Uint8Array(images.length * length);
  images.forEach(({ image }, at) => pixels.set(image.pixels, at * length));
  return toInput(pixels, images.length, height, width, input);
}

/** A control's map of an image, which neither the method nor the checkpoint changes. @param pixels of the image's size */
export function controlMap(
  { control, grid }: Extract<Subject, { kind: 'control' }>,
  { image, hash }: HashedImage,
  seed: number,
  pixels: ArrayLike<number> = image.pixels,
): SignedMap {
  switch (control) {
    case 'random':
      return randomMap(grid, [seed, hash]);
    case 'blob':
      return blobMap(grid);
    case 'edge':
      return edgeMap(pixels, image, grid);
  }
}
