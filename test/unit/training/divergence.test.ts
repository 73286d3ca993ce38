import { describe, expect, it } from 'vitest';
import { checkEvaluationLoss, checkTrainedNumbers, checkTrainingLoss } from '../../../src/training/divergence';

const moment = { epoch: 3, at: 'step 7', learningRate: 0.1 };

describe('a training has diverged', () => {
  it.each([NaN, Infinity, 1e29, 1e5])('with a loss of %s in training mode', (loss) => {
    expect(() => {
      checkTrainingLoss(loss, 10, moment);
    }).toThrow(/^epoch 3, step 7: the training has diverged: found a loss .*expected at most .*up to epoch 2 is kept/);
  });

  it.each([NaN, Infinity, 1e29, 2e19])('with a loss of %s in an evaluation', (loss) => {
    expect(() => {
      checkEvaluationLoss(loss, moment);
    }).toThrow('the training has diverged');
  });

  it('and has not with the losses of a noisy start', () => {
    for (const loss of [0, 2.3, 50, 10_000]) checkTrainingLoss(loss, 10, moment);
    for (const loss of [0, 2.3, 50, 3e9, 2.1e16]) checkEvaluationLoss(loss, moment);
  });

  it.each(['parameters', 'means', 'variances', 'velocity'])('with one of its %s that is no number', (name) => {
    const of = (each: string): Float32Array => Float32Array.of(1, each === name ? Infinity : 2);
    const weights = { parameters: of('parameters'), means: of('means'), variances: of('variances'), batchCount: 1 };
    expect(() => {
      checkTrainedNumbers({ weights, velocity: of('velocity') }, moment);
    }).toThrow(/found a (weight|running mean|running variance|momentum) of Infinity, expected finite numbers/);
  });
});
