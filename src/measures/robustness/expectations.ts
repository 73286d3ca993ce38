import { comparedPairsText, isSimilarityKnown } from '../drift';
import { apartFrom, isAtLeast, missTexts, type MissTexts } from '../expectations/limit';
import type { Measured } from './measured';
import type { Perturbation } from '../../perturbations';
import { percentOf } from '../../statistics';

/** An expectation that is not met, or of which it cannot be decided whether it is. */
export interface Miss extends MissTexts {
  readonly expectation: 'confidenceDrop' | 'accuracy' | 'heatmapSimilarity';
  /** False where too few pairs of heatmaps can be compared: a number that there may be says nothing. */
  readonly decided: boolean;
  /** Null where no pair of heatmaps can be compared. */
  readonly measured: number | null;
  readonly limit: number;
}

/** What of an entry's expectations the numbers miss: nothing where it passes, or asks for nothing. */
export function misses({ expect = {} }: Perturbation, measured: Measured): Miss[] {
  const { confidenceDrop, accuracy, heatmapSimilarity } = expect;
  const found: Miss[] = [];
  const drop = measured.confidenceDrop.ofPrediction.mean;
  if (confidenceDrop !== undefined && !isAtLeast(-drop, -confidenceDrop.max)) {
    const limit = confidenceDrop.max;
    const words = missTexts('confidence drop', apartFrom(limit, drop, 4), `at most ${limit}`);
    found.push({ expectation: 'confidenceDrop', decided: true, measured: drop, limit, ...words });
  }
  // A quotient of whole numbers is rounded once, as the limit is: what is equal stays equal.
  const percent = percentOf(measured.accuracy);
  if (accuracy !== undefined && !(percent >= accuracy.min)) {
    const { count, of } = measured.accuracy;
    const limit = accuracy.min;
    const words = missTexts('accuracy', `${apartFrom(limit, percent, 2)} % (${count} of ${of})`, `at least ${limit} %`);
    found.push({ expectation: 'accuracy', decided: true, measured: percent, limit, ...words });
  }
  if (heatmapSimilarity !== undefined) found.push(...similarityMiss(heatmapSimilarity.min, measured));
  return found;
}

function similarityMiss(limit: number, measured: Measured): Miss[] {
  const expectation = 'heatmapSimilarity';
  const spearman = measured.heatmapSimilarity.spearman?.mean ?? null;
  if (spearman === null || !isSimilarityKnown(measured)) {
    const reason = `cannot be decided: only ${comparedPairsText(measured)} can be compared`;
    const words = missTexts('heatmap similarity', reason, `at least ${limit}`);
    return [{ expectation, decided: false, measured: spearman, limit, ...words }];
  }
  if (isAtLeast(spearman, limit)) return [];
  const words = missTexts('heatmap similarity', apartFrom(limit, spearman, 4), `at least ${limit}`);
  return [{ expectation, decided: true, measured: spearman, limit, ...words }];
}
