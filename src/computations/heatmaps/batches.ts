/** Which images are explained together. */
import { inferenceBatchSize } from '../../models/memory/inference';
import { closedForm, type Explained } from './explained';

/** Short enough that a cancel, and results to look at, do not wait. */
const MOST_IMAGES = 64;

/** @param freeBytes what memory is free; absent, as much as there is now */
export function explainBatchSize(explained: Explained, freeBytes?: number): number {
  return mapsAtOnce(explained, Math.min(MOST_IMAGES, inferenceBatchSize(explained.model, freeBytes)));
}

/**
 * How many images make a batch as large as so many of the model's input: where a gradient a class is needed, each goes
 * through the rest of the model once for each class, and once for each step of a method of input gradients.
 */
export function mapsAtOnce(explained: Explained, inputs: number): number {
  return Math.max(1, Math.floor(inputs / passesEach(explained, inputs)));
}

function passesEach(explained: Explained, most: number): number {
  const { method, parameters } = explained.method;
  switch (method.needs) {
    case 'activationsAndGradients':
      return closedForm(explained) === undefined ? explained.model.classes : 1;
    case 'inputGradient':
      return method.steps(parameters);
    case 'predictions':
      // An image fills batches by itself.
      return most;
  }
}

/** Neighbours among a checkpoint's images, from the first to the last before `end`. */
export interface Block {
  readonly start: number;
  readonly end: number;
}

/**
 * The images of a checkpoint as they are computed together where nothing of them is kept, whatever memory is free: shards
 * divide between blocks, as the last bits of a result depend on whether it was computed alone.
 * @param firstAlone whether somebody waits for the first one, a fifth of a batch's time at 224 pixels
 */
export function blocksOf(explained: Explained, images: number, firstAlone: boolean): Block[] {
  const size = explainBatchSize(explained, Infinity);
  const starts = firstAlone && images > 0 ? [0] : [];
  for (let start = starts.length; start < images; start += size) starts.push(start);
  return starts.map((start, at) => ({ start, end: starts[at + 1] ?? images }));
}
