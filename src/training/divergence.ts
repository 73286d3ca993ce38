/** When a training has left every meaning, so that going on would only spoil what there is. */
import { WorkError } from '../common/errors';
import type { TrainingNumbers } from './trainer';

/**
 * Of a batch's mean cross-entropy in training mode, where batch norm takes the batch's own statistics: ten thousand times
 * that of guessing, log(classes). Noisy starts stay far below: a `resnet20` at a learning rate of 5 averages 18 to 68 in
 * its first epochs and gets better; at 30 it averages 73,000 in its first, and its outputs are infinite in the second.
 */
const TIMES_GUESSING = 10_000;

/**
 * Of an evaluation, which takes the running statistics: these lag behind, so that after a few steps a sound training can
 * have a loss of 2·10¹⁶ (EfficientNet-B0 after eight steps at 0.1, with 12 in training mode) and come back. Past 2⁶⁴ the
 * square of a logit is no float32 any more.
 */
const MOST_IN_EVALUATION = 2 ** 64;

export interface Moment {
  /** The one that is trained, from 1. */
  readonly epoch: number;
  /** "step 3", "evaluation" */
  readonly at: string;
  readonly learningRate: number;
}

/** @throws WorkError where the mean cross-entropy of a training batch is not finite, or has no meaning */
export function checkTrainingLoss(loss: number, classes: number, moment: Moment): void {
  checkLoss(loss, TIMES_GUESSING * Math.log(classes), moment);
}

/** @throws WorkError as {@link checkTrainingLoss}, of a loss in inference mode */
export function checkEvaluationLoss(loss: number, moment: Moment): void {
  checkLoss(loss, MOST_IN_EVALUATION, moment);
}

/** @throws WorkError where a weight, a running statistic or the momentum is not a finite number */
export function checkTrainedNumbers({ weights, velocity }: TrainingNumbers, moment: Moment): void {
  const { parameters, means, variances } = weights;
  const named = { weight: parameters, 'running mean': means, 'running variance': variances, momentum: velocity };
  for (const [name, values] of Object.entries(named)) {
    const wrong = firstNotFinite(values);
    if (wrong >= 0) throw diverged(moment, `a ${name} of ${String(values[wrong])}`, 'finite numbers');
  }
}

function checkLoss(loss: number, most: number, moment: Moment): void {
  if (loss <= most) return;
  const found = Number.isFinite(loss) ? `a loss of ${loss.toPrecision(3)}` : 'a loss that is not a finite number';
  throw diverged(moment, found, `at most ${most.toPrecision(3)}`);
}

function diverged({ epoch, at, learningRate }: Moment, found: string, expected: string): WorkError {
  return new WorkError('the training has diverged', {
    place: `epoch ${epoch}, ${at}`,
    found,
    expected,
    advice:
      `Lower training.learningRate (it is ${learningRate}), or add training.warmupEpochs, and train anew. ` +
      `What there is up to epoch ${epoch - 1} is kept and can be looked at.`,
  });
}

/** A loop, as a function called for each of millions of numbers takes ten times as long. */
function firstNotFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}
