import { describe, expect, it } from 'vitest';
import { withPredicted } from '../../../../src/cli/report/accuracies';
import { absent, runContent } from '../../report/content';

describe('accuracies of checkpoints that were trained elsewhere', () => {
  const { metrics, mistakes } = runContent();

  it('are counted from predictions, where nothing was measured', () => {
    // 37 of 100 images wrong at epoch 1.
    expect(withPredicted([], mistakes)).toMatchObject([
      { epoch: 1, testAccuracy: 63, trainLoss: null, testLoss: null },
    ]);
    const unmeasured = metrics.map((each) => ({ ...each, testAccuracy: null }));
    expect(withPredicted(unmeasured, mistakes).map(({ epoch, testAccuracy }) => [epoch, testAccuracy])).toEqual([
      [0, null],
      [1, 63],
    ]);
  });

  it('are left as they were said, or where nothing was predicted', () => {
    expect(withPredicted(metrics, mistakes)).toEqual(metrics);
    expect(withPredicted(metrics, absent)).toEqual(metrics);
  });
});
