import type * as tf from '@tensorflow/tfjs-core';
import { CancelledError } from '../../common/errors';
import { toInput, type InputSettings } from '../../models/input';
import { tidily } from '../../engine/tidily';
import { inferenceBatchSize } from '../../models/memory/inference';
import { requireFinite } from '../../models/finite';
import type { TensorWeights } from '../../models/forward';
import { yieldToEvents } from '../../common/yieldToEvents';
import type { Watcher } from '../../models/evaluate';
import type { ClassHeatmaps } from '../../explanations/classHeatmaps';
import { mapsOfAllClasses } from './classMaps';
import { mapsAtOnce } from './batches';
import type { Explained } from './explained';
import { explainOneClass, type ExplainedBatch } from './oneClass';
import { givenClass, type TargetClass } from './target';
import type { OriginalPicture } from '../../imageFiles/pictureAtInput';

export type { ClassHeatmaps } from '../../explanations/classHeatmaps';

/** An image as it is looked at: a data set's, or a file's that has been brought to the model's input. */
export interface ImageToExplain {
  /** "test:3", "train:17" or the path of a file. */
  readonly name: string;
  readonly height: number;
  readonly width: number;
  /** RGB, 0 … 255, [height, width, 3]. */
  readonly pixels: Uint8Array;
  /** Null where it is not known. */
  readonly label: number | null;
  /** 1 where the object is, [height, width]; known for synthetic images only. */
  readonly mask?: Uint8Array;
  /** Of a file that is not of the input's size. */
  readonly original?: OriginalPicture;
}

export interface ExplainOptions extends Watcher {
  /** Whose map a method of the input's resolution makes of each image: the predicted class's where it is undefined. */
  readonly targets?: readonly (TargetClass | undefined)[] | undefined;
}

/**
 * The maps of every class for each image, or of one class by a method of the input's resolution, in the order given.
 * @throws CancelledError, and WorkError where what the network gives are not finite numbers
 */
export async function explainImages(
  explained: Explained,
  weights: TensorWeights,
  images: readonly ImageToExplain[],
  input: InputSettings,
  { signal, progress, targets = [] }: ExplainOptions = {},
): Promise<ClassHeatmaps[]> {
  const results: ClassHeatmaps[] = [];
  const batchSize = mapsAtOnce(explained, inferenceBatchSize(explained.model));
  for (const batch of batchesOfOneSize(images, batchSize)) {
    if (signal?.aborted === true) throw new CancelledError();
    const first = results.length;
    const classes = batch.map(({ label }, at) => givenClass(targets[first + at] ?? 'predicted', label));
    results.push(...(await explainBatch(explained, weights, batch, input, classes, signal)));
    progress?.(results.length, images.length);
    await yieldToEvents();
  }
  return results;
}

/** Neighbours of the same size, at most so many at a time. */
export function* batchesOfOneSize(
  images: readonly ImageToExplain[],
  limit: number,
): Generator<readonly ImageToExplain[]> {
  let start = 0;
  for (let end = 1; end <= images.length; end++) {
    const [first, next] = [images[start], images[end]];
    const fits = next?.height === first?.height && next?.width === first?.width && end - start < limit;
    if (next !== undefined && fits) continue;
    yield images.slice(start, end);
    start = end;
  }
}

async function explainBatch(
  explained: Explained,
  weights: TensorWeights,
  images: readonly ImageToExplain[],
  input: InputSettings,
  targets: readonly (number | undefined)[],
  signal: AbortSignal | undefined,
): Promise<ClassHeatmaps[]> {
  const taken = takenImages(images, input);
  try {
    if (explained.method.method.resolution === 'layer') return ofAllClasses(explained, weights, images, taken);
    return ofOneClass(explained, images, await explainOneClass(explained, weights, taken, input, targets, signal));
  } finally {
    taken.dispose();
  }
}

/** As the network takes them. @param images of one size, at least one */
export function takenImages(images: readonly ImageToExplain[], input: InputSettings): tf.Tensor4D {
  const { height, width } = images[0] as ImageToExplain;
  const pixels = new Uint8Array(images.length * height * width * 3);
  images.forEach((image, index) => pixels.set(image.pixels, index * height * width * 3));
  return toInput(pixels, images.length, height, width, input);
}

function ofAllClasses(
  explained: Explained,
  weights: TensorWeights,
  images: readonly ImageToExplain[],
  taken: tf.Tensor4D,
): ClassHeatmaps[] {
  const [logits, maps] = tidily(() => {
    const batch = mapsOfAllClasses(explained, weights, taken);
    return [batch.logits.dataSync(), batch.maps.dataSync()] as [Float32Array, Float32Array];
  });
  const { height, width } = explained.targetLayer;
  const { classes } = explained.model;
  const every = Array.from({ length: classes }, (_, each) => each);
  const area = height * width;
  return images.map(({ name }, image) => {
    const ofImage = logits.slice(image * classes, (image + 1) * classes);
    requireFinite(name, ofImage, maps.subarray(image * classes * area, (image + 1) * classes * area));
    const mapOf = (each: number): Float32Array => {
      const start = (image * classes + each) * area;
      return maps.slice(start, start + area);
    };
    const batch = { size: images.length, place: image };
    return { logits: ofImage, classes: every, maps: every.map(mapOf), height, width, batch };
  });
}

function ofOneClass(
  { model: { classes }, targetLayer: { height, width } }: Explained,
  images: readonly ImageToExplain[],
  { logits, maps, targets, expectedSums }: ExplainedBatch,
): ClassHeatmaps[] {
  const area = height * width;
  return images.map(({ name }, image) => {
    const ofImage = logits.slice(image * classes, (image + 1) * classes);
    const map = maps.slice(image * area, (image + 1) * area);
    requireFinite(name, ofImage, map);
    return {
      logits: ofImage,
      classes: [targets[image] as number],
      maps: [map],
      expectedSum: expectedSums?.[image],
      height,
      width,
      batch: { size: images.length, place: image },
    };
  });
}
