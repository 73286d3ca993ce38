/** Batches of perturbed images. Every checkpoint sees the same, so that they are kept from one to the next. */
import type { Perturbation } from '../../study';
import type { ImageSet } from '../data';
import { perturb } from './perturbations';

/** Images `start` … `start + length − 1` of a set. */
export interface Batch {
  readonly set: ImageSet;
  readonly start: number;
  readonly length: number;
}

export interface PerturbedBatch {
  /** 0 … 255, [n, height, width, 3] */
  readonly pixels: Float32Array;
  /** By how much each image is turned, [n]. */
  readonly degrees: Float64Array;
}

export type Perturb = (batch: Batch, entry: Perturbation, round: number) => PerturbedBatch;

export const perturbBatch: Perturb = ({ set, start, length }, entry, round) => {
  const { height, width } = set;
  const size = height * width * 3;
  const pixels = new Float32Array(length * size);
  const degrees = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const image = start + i;
    const picture = { height, width, pixels: set.pixels.subarray(image * size, (image + 1) * size) };
    const perturbed = perturb(picture, entry, { image, round });
    pixels.set(perturbed.pixels, i * size);
    degrees[i] = perturbed.degrees;
  }
  return { pixels, degrees };
};

/** 10,000 perturbed images of CIFAR-10. */
const MOST_BYTES = 128e6;

/**
 * The same, computed once. The first batches are kept and the others are not: of what is met in the same order again and
 * again, nothing would be left when it comes round if the oldest made way. Of one set's; entries are told apart by identity.
 */
export function createPerturbedStore(mostBytes = MOST_BYTES): Perturb {
  const kept = new Map<Perturbation, Map<string, PerturbedBatch>>();
  let bytes = 0;
  return (batch, entry, round) => {
    const ofEntry = kept.get(entry) ?? new Map<string, PerturbedBatch>();
    kept.set(entry, ofEntry);
    const key = `${batch.start}+${batch.length}, round ${round}`;
    const known = ofEntry.get(key);
    if (known !== undefined) return known;
    const perturbed = perturbBatch(batch, entry, round);
    bytes += perturbed.pixels.byteLength;
    if (bytes <= mostBytes) ofEntry.set(key, perturbed);
    return perturbed;
  };
}
