/**
 * How each image fares over epochs. Every image has one fate, by which epochs get it right (✓) and wrong (✗):
 *
 *   always     ✓✓✓✓  right at every epoch
 *   learned    ✗✗✓✓  wrong at first, then right and never wrong again
 *   unsettled  ✗✓✗✓  right at the last epoch, but forgotten on the way
 *   forgotten  ✓✓✗✗  right at some epoch, wrong at the last
 *   never      ✗✗✗✗  wrong at every epoch
 *
 * Forgetting events are those of Toneva et al. 2019, "An empirical study of example forgetting during deep neural
 * network learning", there counted whenever a training image comes up: here an image is forgotten where one epoch's
 * checkpoint gets it right and the next one's wrong.
 */
import type { ClassIndices } from '../../common/classIndices';
import type { CheckpointWeights } from '../../common/checkpointWeights';
import { checkPredictions, type EpochPredictions } from './predictions';

export const FATES = ['always', 'learned', 'unsettled', 'forgotten', 'never'] as const;
export type Fate = (typeof FATES)[number];

export interface ImageFate {
  readonly fate: Fate;
  /** The epoch from which on it is right; null where it is wrong at the last. */
  readonly rightFrom: number | null;
  /** How often an epoch got it wrong right after one that got it right. */
  readonly forgettingEvents: number;
}

/**
 * The epochs that count: a model that is not trained yet is right by chance, which is not learning, and losing it not
 * forgetting. Alone, it counts. @param weightsOf what the weights of an epoch's checkpoint are
 */
export function epochsThatCount<E extends { readonly epoch: number }>(
  epochs: readonly E[],
  weightsOf: (epoch: number) => CheckpointWeights,
): readonly E[] {
  const trained = epochs.filter(({ epoch }) => weightsOf(epoch) === 'trained');
  return trained.length > 0 ? trained : epochs;
}

/** [images], over all these epochs. @throws InputError where there are no epochs, or one does not fit the labels */
export function imageFates(labels: ClassIndices, epochs: readonly EpochPredictions[]): ImageFate[] {
  checkPredictions(labels, epochs);
  return Array.from(labels, (label, image) => fateOf(label, image, epochs));
}

function fateOf(label: number, image: number, epochs: readonly EpochPredictions[]): ImageFate {
  let rightFrom: number | null = null;
  let timesRight = 0;
  let forgettingEvents = 0;
  for (const { epoch, predictions } of epochs) {
    const right = predictions[image] === label;
    if (right) timesRight++;
    else if (rightFrom !== null) forgettingEvents++;
    rightFrom = right ? (rightFrom ?? epoch) : null;
  }
  return {
    fate: fateFrom(rightFrom !== null, timesRight, epochs.length, forgettingEvents),
    rightFrom,
    forgettingEvents,
  };
}

function fateFrom(rightAtLast: boolean, timesRight: number, epochs: number, forgettingEvents: number): Fate {
  if (!rightAtLast) return timesRight > 0 ? 'forgotten' : 'never';
  if (timesRight === epochs) return 'always';
  return forgettingEvents > 0 ? 'unsettled' : 'learned';
}

export function countFates(fates: readonly ImageFate[]): Record<Fate, number> {
  const counts = { always: 0, learned: 0, unsettled: 0, forgotten: 0, never: 0 };
  for (const { fate } of fates) counts[fate]++;
  return counts;
}
