/** Batches of perturbed images. Every checkpoint sees the same, so that they are kept from one to the next. */
import { background } from '../worker/worker';
import { readRange, type ImageSource } from '../../datasets';
import type { InputSettings } from '../../models/input';
import type { Perturbation } from '../../perturbations';

/** Images `start` … `start + length − 1` of a set. */
export interface Batch {
  readonly set: ImageSource;
  readonly start: number;
  readonly length: number;
  /** Whose input it becomes: perturbed images that need no resizing are then normalised in the same thread. */
  readonly input?: InputSettings | undefined;
}

/** Perturbed images, [n, height, width, 3]. */
export interface PerturbedInput {
  /** As `toInput` takes them. */
  readonly pixels: Float32Array;
  readonly isNormalised: boolean;
}

/** One round of an entry. @throws CancelledError */
export type Perturb = (
  batch: Batch,
  entry: Perturbation,
  round: number,
  signal?: AbortSignal,
) => Promise<PerturbedInput>;

/** Beside the thread that computes. */
export const perturbBatch: Perturb = async ({ set, start, length, input }, entry, round, signal) => {
  const { height, width } = set;
  // A copy of their own, as a message takes all of an array's memory with it.
  const pixels = (await readRange(set, start, length, signal)).pixels.slice();
  const isNormalised = input !== undefined && height === input.inputSize && width === input.inputSize;
  const normalise = isNormalised ? { mean: input.mean, std: input.std } : undefined;
  const perturbed = await background.run('perturb', { height, width, pixels, start, entry, round, normalise }, signal);
  return { ...perturbed, isNormalised };
};

/** 10,000 perturbed images of CIFAR-10. */
const MOST_BYTES = 128e6;

/**
 * Perturbs each batch of a set once, and caches the first batches that fit into memory. Least-recently-used eviction
 * thrashes on a repeated scan, so later batches are not cached. Perturbations are compared by identity, and
 * all batches are of one set and input.
 */
export function createPerturbedStore(mostBytes = MOST_BYTES): Perturb {
  const kept = new Map<Perturbation, Map<string, PerturbedInput>>();
  let bytes = 0;
  return async (batch, entry, round, signal) => {
    const ofEntry = kept.get(entry) ?? new Map<string, PerturbedInput>();
    kept.set(entry, ofEntry);
    const key = `${batch.start}+${batch.length}, round ${round}`;
    const known = ofEntry.get(key);
    if (known !== undefined) return known;
    const perturbed = await perturbBatch(batch, entry, round, signal);
    bytes += perturbed.pixels.byteLength;
    if (bytes <= mostBytes) ofEntry.set(key, perturbed);
    return perturbed;
  };
}
