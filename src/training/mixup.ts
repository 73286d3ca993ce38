/** Mixup (Zhang et al. 2018): each image of a batch is mixed with another of it, all by one share, and so are the labels. */
import { symmetricBeta } from '../common/beta';
import { createRandom } from '../common/random';
import type { ImageBatch } from '../datasets';
import type { EpochDraw } from './epochDraw';

/** With what a batch, or a part of it, is mixed. */
export interface Mix {
  /** λ: how much of each image is its own, in [0, 1]. */
  readonly share: number;
  /** The numbers of the images that it is mixed with, one an image. */
  readonly partners: Uint32Array;
}

/** Images as they are mixed. */
export interface MixedBatch {
  /** 0 … 255, [n, height, width, 3]. */
  readonly pixels: Float32Array;
  readonly labels: ImageBatch['labels'];
  readonly otherLabels: ImageBatch['labels'];
  readonly share: number;
}

/**
 * As the authors' code draws: λ from Beta(α, α), and the batch in another order. The draws follow from the seed, the epoch
 * and the batch.
 * @param batch the numbers of its images
 * @param step of the epoch, from 0
 */
export function drawMix(
  alpha: number,
  batch: Uint32Array,
  { seed, epoch }: Pick<EpochDraw, 'seed' | 'epoch'>,
  step: number,
): Mix {
  const random = createRandom('mixup', seed, epoch, step);
  const share = symmetricBeta(random, alpha);
  return { share, partners: random.permutation(batch.length).map((at) => batch[at] as number) };
}

/** The numbers of the images that a part and its partners are, each once. */
export function neededImages(part: Uint32Array, { partners }: Mix): Uint32Array {
  return Uint32Array.from(new Set([...part, ...partners]));
}

/**
 * λ·image + (1 − λ)·partner. Pixels are mixed before they are normalised, which comes to the same.
 * @param images those that {@link neededImages} names, in its order
 */
export function mixed(images: ImageBatch, part: Uint32Array, mix: Mix): MixedBatch {
  const rows = new Map([...neededImages(part, mix)].map((image, row) => [image, row]));
  const size = images.pixels.length / rows.size;
  const pixels = new Float32Array(part.length * size);
  const labels = images.labels.slice(0, part.length);
  const otherLabels = labels.slice();
  for (const [at, image] of part.entries()) {
    const row = rows.get(image) as number;
    const other = rows.get(mix.partners[at] as number) as number;
    blend(images.pixels, pixels, { to: at * size, from: row * size, other: other * size, size }, mix.share);
    labels[at] = images.labels[row] as number;
    otherLabels[at] = images.labels[other] as number;
  }
  return { pixels, labels, otherLabels, share: mix.share };
}

interface Blend {
  readonly to: number;
  readonly from: number;
  readonly other: number;
  readonly size: number;
}

function blend(source: Uint8Array, target: Float32Array, { to, from, other, size }: Blend, share: number): void {
  for (let i = 0; i < size; i++)
    target[to + i] = share * (source[from + i] as number) + (1 - share) * (source[other + i] as number);
}
