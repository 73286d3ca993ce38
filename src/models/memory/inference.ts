/** How many images are looked at together, where nothing is learnt and so no number depends on it but for rounding. */
import type { Model } from '../model';
import { inferenceBytesEach } from './estimate';
import { freeHostMemory } from '../../engine/memory/free';

/** More is no faster; with less an engine would spend its time on beginning. */
const MOST_BYTES = 1e9;
const LEAST_BYTES = 64e6;

/** Of what is free: others want some too, and who explains may be training beside. */
const USABLE = 0.5;

/**
 * About as many pixels as 256 images of 32×32 have, as far as their feature maps fit the memory that is free: then a power
 * of two, so that it is mostly the same from one time to the next though a little more or less is free.
 */
export function inferenceBatchSize(model: Model, freeBytes = freeHostMemory().bytes): number {
  const { inputSize } = model;
  const pixels = Math.min(256, Math.max(8, Math.round((256 * 32 * 32) / (inputSize * inputSize))));
  const bytes = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, USABLE * freeBytes));
  const fitting = bytes / inferenceBytesEach(model);
  return fitting >= pixels ? pixels : 2 ** Math.max(0, Math.floor(Math.log2(fitting)));
}

/** Of what is differentiated: the maps of the way back lie beside those of the way there, with some of both twice. */
const OF_GRADIENTS = 4;

/** {@link inferenceBatchSize} where the gradient by the images is computed. */
export function gradientBatchSize(model: Model, freeBytes = freeHostMemory().bytes): number {
  return inferenceBatchSize(model, freeBytes / OF_GRADIENTS);
}
