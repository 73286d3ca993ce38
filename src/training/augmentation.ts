/** Random changes to training images, made on the pixels so that every engine sees the same ones. */
import { createRandom } from '../common/random';
import type { ImageBatch } from '../datasets/order';

/** How far a crop may lie beyond the image, in pixels: the usual padding for CIFAR-10 (He et al. 2015, section 4.2). */
const PADDING = 4;

export interface FlipCropDraw {
  readonly seed: number;
  readonly epoch: number;
  /** The image's number in its set: what it is drawn from, whatever batch the image is met in. */
  readonly indices: ArrayLike<number>;
}

/**
 * Mirrors each image left to right with probability ½ and cuts it out of its zero-padded self, up to four pixels off.
 *
 * @param batch of images [n, height, width, 3]
 * @returns a new batch; the given one is left as it is
 */
export function flipCrop(batch: ImageBatch, height: number, width: number, draw: FlipCropDraw): ImageBatch {
  const size = height * width * 3;
  const pixels = new Uint8Array(batch.pixels.length);
  for (let row = 0; row < batch.labels.length; row++) {
    const random = createRandom('flip and crop', draw.seed, draw.epoch, draw.indices[row] as number);
    const mirror = random.integer(2) === 1;
    const down = random.integer(2 * PADDING + 1) - PADDING;
    const right = random.integer(2 * PADDING + 1) - PADDING;
    const from = batch.pixels.subarray(row * size, (row + 1) * size);
    shift(from, pixels.subarray(row * size, (row + 1) * size), { height, width, mirror, down, right });
  }
  return { pixels, labels: batch.labels };
}

interface Shift {
  readonly height: number;
  readonly width: number;
  readonly mirror: boolean;
  /** Output (y, x) is input (y + down, x + right), black where that lies outside. */
  readonly down: number;
  readonly right: number;
}

function shift(from: Uint8Array, to: Uint8Array, { height, width, mirror, down, right }: Shift): void {
  for (let y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
    for (let x = Math.max(0, -right); x < Math.min(width, width - right); x++) {
      const column = mirror ? width - 1 - (x + right) : x + right;
      const source = ((y + down) * width + column) * 3;
      const target = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) to[target + channel] = from[source + channel] as number;
    }
  }
}
