import type { Perturbation } from '../../study';
import type { Measured } from '../../protocol/measured';

/** An expectation that was not met. */
export interface Miss {
  readonly expectation: 'confidenceDrop' | 'accuracy' | 'heatmapSimilarity';
  /** Null where it could not be measured: no pair of heatmaps could be compared. */
  readonly measured: number | null;
  readonly limit: number;
  /** "confidence drop 0.0312, expected at most 0.02" */
  readonly text: string;
}

/** What of an entry's expectations the numbers miss: nothing where it passes, or asks for nothing. */
export function misses({ expect = {} }: Perturbation, measured: Measured): Miss[] {
  const { confidenceDrop, accuracy, heatmapSimilarity } = expect;
  const found: Miss[] = [];
  const drop = measured.confidenceDrop.ofPrediction.mean;
  if (confidenceDrop !== undefined && !(drop <= confidenceDrop.max)) {
    const limit = confidenceDrop.max;
    const text = `confidence drop ${drop.toFixed(4)}, expected at most ${limit}`;
    found.push({ expectation: 'confidenceDrop', measured: drop, limit, text });
  }
  if (accuracy !== undefined && !(measured.accuracy >= accuracy.min)) {
    const limit = accuracy.min;
    const text = `accuracy ${measured.accuracy.toFixed(2)} %, expected at least ${limit} %`;
    found.push({ expectation: 'accuracy', measured: measured.accuracy, limit, text });
  }
  const { spearman } = measured.heatmapSimilarity;
  if (heatmapSimilarity !== undefined && !(spearman !== null && spearman >= heatmapSimilarity.min)) {
    const limit = heatmapSimilarity.min;
    const is = spearman === null ? 'unknown, as no two heatmaps can be compared' : spearman.toFixed(4);
    const text = `heatmap similarity ${is}, expected at least ${limit}`;
    found.push({ expectation: 'heatmapSimilarity', measured: spearman, limit, text });
  }
  return found;
}
