import { expect, it } from 'vitest';
import { withMeasured } from '../../../../src/cli/report/accuracies';
import { runContent } from '../../report/content';

it('accuracies of imported checkpoints that were measured later stand beside those of before, in order', () => {
  const { metrics } = runContent();
  const claimed = { testAccuracy: 93, testLoss: null, trainLoss: null };
  const later = { epoch: 3, measured: { right: 63, count: 100 }, claimed, differs: true };
  const kept = { epoch: 1, measured: { right: 5, count: 100 }, claimed, differs: true };
  const unmeasured = { epoch: 2, measured: null, claimed, differs: null };
  expect(withMeasured(metrics, [later, unmeasured, kept])).toEqual([
    ...metrics,
    expect.objectContaining({ epoch: 3, testAccuracy: 63, testImages: 100, trainLoss: null, testLoss: null }),
  ]);
});
