import type { Measured } from '../../../../src/protocol/measured';
import type { RobustnessResultMessage } from '../../../../src/protocol/robustness';

/** Numbers of a test: 87.4 per cent, a drop of 0.021. */
export function measured(accuracy = 87.4, drop = 0.021): Measured {
  const estimate = { mean: drop, low: drop - 0.01, high: drop + 0.01 };
  return {
    ...{ images: 20, rounds: 3, clean: { accuracy: 90, confidence: 0.9 }, accuracy, flipRate: 5 },
    confidenceDrop: { ofPrediction: estimate, ofLabel: { ...estimate, mean: -drop } },
    heatmapSimilarity: { spearman: 0.8, pearson: 0.9, ssim: null, topOverlap: 0.7, compared: 60 },
    perRound: [],
  };
}

export function resultAt(epoch: number, more: Partial<RobustnessResultMessage> = {}): RobustnessResultMessage {
  return { kind: 'result', entry: 0, epoch, state: 'kept', measured: measured(), misses: [], ...more };
}
