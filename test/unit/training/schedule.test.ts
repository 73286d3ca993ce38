import { describe, expect, it } from 'vitest';
import { learningRateAt, type Schedule } from '../../../src/training/schedule';

const rates = (schedule: Schedule): number[] =>
  Array.from({ length: schedule.epochs }, (_, index) => learningRateAt(index + 1, schedule));

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index] ?? NaN, 12);
  });
}

describe('the learning rate', () => {
  const base = { learningRate: 0.1, warmupEpochs: 0, epochs: 4 };

  it('is constant', () => {
    expectClose(rates({ ...base, schedule: 'constant' }), [0.1, 0.1, 0.1, 0.1]);
  });

  it('falls along half a cosine, as CosineAnnealingLR(T_max=4) does', () => {
    // 0.05·(1 + cos(π·t/4)), t = 0 … 3.
    expectClose(rates({ ...base, schedule: 'cosine' }), [0.1, 0.08535533905932738, 0.05, 0.014644660940672627]);
  });

  it('rises in a straight line first', () => {
    expectClose(rates({ ...base, schedule: 'constant', warmupEpochs: 3 }), [0.025, 0.05, 0.075, 0.1]);
    expectClose(rates({ ...base, schedule: 'cosine', warmupEpochs: 1, epochs: 3 }), [0.05, 0.1, 0.05]);
  });

  it('is that of PyTorch 2.13: SequentialLR of LinearLR(start_factor=1/(n+1), total_iters=n) and CosineAnnealingLR', () => {
    expectClose(
      rates({ learningRate: 0.1, warmupEpochs: 2, epochs: 6, schedule: 'cosine' }),
      [0.03333333333333333, 0.06666666666666667, 0.1, 0.08535533905932738, 0.05, 0.014644660940672627],
    );
    expectClose(
      rates({ learningRate: 0.05, warmupEpochs: 1, epochs: 5, schedule: 'cosine' }),
      [0.025, 0.05, 0.04267766952966369, 0.025, 0.0073223304703363135],
    );
  });

  it('only rises where the warm-up is as long as the training', () => {
    expectClose(rates({ ...base, schedule: 'cosine', warmupEpochs: 4 }), [0.02, 0.04, 0.06, 0.08]);
  });
});
