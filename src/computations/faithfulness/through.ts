/** Perturbed images through the network: the next ones are drawn in a thread while a batch is computed. */
import * as tf from '@tensorflow/tfjs-core';
import { CancelledError } from '../../common/errors';
import { prefetch } from '../../common/prefetch';
import { yieldToEvents } from '../../common/yieldToEvents';
import { tidily } from '../../engine/tidily';
import { imagesOfItem, type BatchToDraw, type ItemToDraw } from './drawn';
import { requireFinite } from '../../models/finite';
import { predict, type TensorWeights } from '../../models/forward';
import { toInput, type InputSettings } from '../../models/input';
import { inferenceBatchSize } from '../../models/memory/inference';
import type { Model } from '../../models/model';
import { background } from '../worker/worker';
import type { YieldTurn } from '../scheduler';
import type { Chunk } from './cells';

/** Batches that are drawn while one is computed. */
const DRAWN_AHEAD = 3;

export interface Steps {
  readonly signal: AbortSignal;
  /** Called between two batches: others may have to go on. */
  readonly yieldTurn: YieldTurn;
  /** Told of images that went through the network. */
  readonly advance: (images: number) => void;
}

export interface Through extends Steps {
  readonly model: Model;
  readonly weights: TensorWeights;
  readonly input: InputSettings;
  readonly chunk: Chunk;
  readonly seed: number;
  readonly noise: number;
}

/** The images of some items, as the network takes them. */
export interface DrawnBatch {
  readonly items: readonly ItemToDraw[];
  /** [n, size, size, 3], from the first `from` to the last before `to`; the caller disposes it. */
  readonly tensor: (from: number, to: number) => tf.Tensor4D;
  readonly count: number;
}

/** @throws CancelledError */
export async function* drawn(
  { model, input, chunk, seed, noise, signal }: Through,
  items: Iterable<ItemToDraw>,
): AsyncGenerator<DrawnBatch> {
  const { height, width } = (chunk.images[0] as Chunk['images'][number]).image;
  const isOfInput = height === input.inputSize && width === input.inputSize;
  const length = height * width * 3;
  const batches = prefetch(packed(items, inferenceBatchSize(model)), DRAWN_AHEAD, async (batch) => {
    const toDraw = { ...ofImages(chunk, seed, batch), noise, height, width, input: isOfInput ? input : undefined };
    const { images } = await background.run('drawFaithfulness', toDraw, signal);
    return { batch, images };
  });
  for await (const { batch, images } of batches) {
    if (signal.aborted) throw new CancelledError();
    yield {
      items: batch,
      count: images.length / length,
      tensor(from, to) {
        const part = images.subarray(from * length, to * length);
        return isOfInput
          ? tf.tensor4d(part, [to - from, height, width, 3], 'float32')
          : toInput(part, to - from, height, width, input);
      },
    };
  }
}

/**
 * Predicts the images of items.
 * @param take told of each item's logits, [images of the item, classes]
 * @throws CancelledError, and WorkError where the network gives no finite numbers
 */
export async function predictDrawn(
  through: Through,
  items: Iterable<ItemToDraw>,
  take: (item: ItemToDraw, logits: Float32Array) => void,
): Promise<void> {
  const { model, weights, signal, advance, yieldTurn } = through;
  const batchSize = inferenceBatchSize(model);
  for await (const batch of drawn(through, items)) {
    const logits = new Float32Array(batch.count * model.classes);
    for (let from = 0; from < batch.count; from += batchSize) {
      if (signal.aborted) throw new CancelledError();
      const to = Math.min(batch.count, from + batchSize);
      const images = batch.tensor(from, to);
      logits.set(
        tidily(() => predict(model, weights, images).dataSync()),
        from * model.classes,
      );
      images.dispose();
      advance(to - from);
      await yieldTurn();
      await yieldToEvents();
    }
    requireFinite('', logits);
    let at = 0;
    for (const item of batch.items) {
      const end = at + imagesOfItem(item) * model.classes;
      take(item, logits.subarray(at, end));
      at = end;
    }
  }
}

/** As many items as fill a batch, and at least one. */
function* packed(items: Iterable<ItemToDraw>, most: number): Generator<ItemToDraw[]> {
  let batch: ItemToDraw[] = [];
  let count = 0;
  for (const item of items) {
    const more = imagesOfItem(item);
    if (batch.length > 0 && count + more > most) {
      yield batch;
      [batch, count] = [[], 0];
    }
    batch.push(item);
    count += more;
  }
  if (batch.length > 0) yield batch;
}

/** The images that items are of, in memory of their own, as a message takes all of an array's memory with it. */
function ofImages(
  { images }: Chunk,
  seed: number,
  items: readonly ItemToDraw[],
): Pick<BatchToDraw, 'pixels' | 'keys' | 'items'> {
  const places = [...new Set(items.map(({ image }) => image))];
  const chosen = places.map((place) => images[place] as Chunk['images'][number]);
  const length = chosen[0]?.image.pixels.length ?? 0;
  const pixels = new Uint8Array(length * chosen.length);
  chosen.forEach(({ image }, at) => pixels.set(image.pixels, at * length));
  return {
    pixels,
    keys: chosen.map(({ hash }) => [seed, hash]),
    items: items.map((item) => ({ ...item, image: places.indexOf(item.image) })),
  };
}
