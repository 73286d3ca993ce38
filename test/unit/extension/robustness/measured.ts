import { WITHOUT_IMAGES, type Measured } from '../../../../src/measures/robustness/measured';
import type { RobustnessResultMessage } from '../../../../src/protocol/engine';
import { estimateOf, fewOf, rateOf } from '../../statistics/samples';

/** Numbers of a test on 500 images: 87.4 per cent, a drop of 0.021. */
export function measured(accuracy = 87.4, drop = 0.021): Measured {
  return {
    images: 500,
    rounds: 2,
    clean: { accuracy: rateOf(450, 500), confidence: estimateOf(0.9, 0.01, 500) },
    accuracy: rateOf(10 * accuracy, 1000),
    flipRate: rateOf(50, 1000),
    confidenceDrop: { ofPrediction: estimateOf(drop, 0.01, 500), ofLabel: estimateOf(-drop, 0.01, 500) },
    heatmapSimilarity: {
      spearman: estimateOf(0.8, 0.1, 499),
      pearson: estimateOf(0.9, 0.05, 499),
      ssim: null,
      topOverlap: fewOf(0.7),
      compared: 997,
    },
    perRound: [],
    perImage: WITHOUT_IMAGES,
  };
}

export function resultAt(epoch: number, more: Partial<RobustnessResultMessage> = {}): RobustnessResultMessage {
  return { kind: 'result', entry: 0, epoch, state: 'kept', measured: measured(), misses: [], ...more };
}
