import { CancelledError } from '../../common/errors';
import { toInput, type InputSettings } from '../../models/input';
import { tidily } from '../../engine/tidily';
import { inferenceBatchSize } from '../../models/memory/inference';
import { requireFinite } from '../../models/finite';
import type { TensorWeights } from '../../models/forward';
import { yieldToEvents } from '../../common/yieldToEvents';
import type { Watcher } from '../../models/evaluate';
import { mapsOfAllClasses } from './classMaps';
import { closedForm, type Explained } from './explained';
import type { OriginalPicture } from '../../imageFiles/pictureAtInput';

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

/** What a checkpoint makes of an image, for every class at once. */
export interface ClassHeatmaps {
  /** [classes] */
  readonly logits: Float32Array;
  /** The raw maps, before any scaling, [classes][height · width], row by row. */
  readonly maps: readonly Float32Array[];
  readonly height: number;
  readonly width: number;
  /** Where they were computed: of kept ones it is not known. */
  readonly batch?: BatchPlace;
}

/** Rounding depends on how large a batch is, and on the place in it, and not on the other images. */
export interface BatchPlace {
  readonly size: number;
  readonly place: number;
}

/**
 * The maps of every class for each image, in the order given.
 * @throws CancelledError, and WorkError where what the network gives are not finite numbers
 */
export async function explainImages(
  explained: Explained,
  weights: TensorWeights,
  images: readonly ImageToExplain[],
  input: InputSettings,
  { signal, progress }: Watcher = {},
): Promise<ClassHeatmaps[]> {
  const results: ClassHeatmaps[] = [];
  const batchSize = mapsAtOnce(explained, inferenceBatchSize(explained.model));
  for (const batch of batchesOfOneSize(images, batchSize)) {
    if (signal?.aborted === true) throw new CancelledError();
    results.push(...explainBatch(explained, weights, batch, input));
    progress?.(results.length, images.length);
    await yieldToEvents();
  }
  return results;
}

/**
 * How many images make a batch as large as so many of the model's input: where a gradient a class is needed, each goes
 * through the rest of the model once for each class.
 */
export function mapsAtOnce(explained: Explained, inputs: number): number {
  return closedForm(explained) === undefined ? Math.max(1, Math.floor(inputs / explained.model.classes)) : inputs;
}

/** Neighbours of the same size, at most so many at a time. */
function* batchesOfOneSize(images: readonly ImageToExplain[], limit: number): Generator<readonly ImageToExplain[]> {
  let start = 0;
  for (let end = 1; end <= images.length; end++) {
    const [first, next] = [images[start], images[end]];
    const fits = next?.height === first?.height && next?.width === first?.width && end - start < limit;
    if (next !== undefined && fits) continue;
    yield images.slice(start, end);
    start = end;
  }
}

function explainBatch(
  explained: Explained,
  weights: TensorWeights,
  images: readonly ImageToExplain[],
  input: InputSettings,
): ClassHeatmaps[] {
  const { height, width } = images[0] as ImageToExplain;
  const pixels = new Uint8Array(images.length * height * width * 3);
  images.forEach((image, index) => pixels.set(image.pixels, index * height * width * 3));
  const [logits, maps] = tidily(() => {
    const batch = mapsOfAllClasses(explained, weights, toInput(pixels, images.length, height, width, input));
    return [batch.logits.dataSync(), batch.maps.dataSync()] as [Float32Array, Float32Array];
  });
  const { targetLayer } = explained;
  const { classes } = explained.model;
  const area = targetLayer.height * targetLayer.width;
  return images.map(({ name }, image) => {
    const ofImage = logits.slice(image * classes, (image + 1) * classes);
    requireFinite(name, ofImage, maps.subarray(image * classes * area, (image + 1) * classes * area));
    return {
      logits: ofImage,
      maps: Array.from({ length: classes }, (_, target) => {
        const start = (image * classes + target) * area;
        return maps.slice(start, start + area);
      }),
      height: targetLayer.height,
      width: targetLayer.width,
      batch: { size: images.length, place: image },
    };
  });
}
