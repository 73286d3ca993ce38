/** All scores of some images, and those before and after a temperature that was fitted on others. */
import { createRandom } from '../../common/random';
import { estimateMean, estimateRate, meanOf } from '../../statistics';
import type { CalibrationScores, FittedTemperature } from './measured';
import { imagesOf, outcomesOf, type LabelledLogits } from './outcomes';
import { equalMassBins, equalWidthBins, reliabilityOf } from './reliability';
import { fitTemperature } from './temperature';

/** @param of at least one image @throws RangeError where logits are not finite */
export function scoresOf(of: LabelledLogits, temperature = 1): CalibrationScores {
  const outcomes = outcomesOf(of, temperature);
  const { confidence, correct, nll, brier } = outcomes;
  const n = confidence.length;
  // Of the same number of images the same draws: checkpoints differ by their logits alone.
  const random = (bins: string) => createRandom('ece', bins, n);
  return {
    n,
    equalWidth: reliabilityOf(outcomes, equalWidthBins(confidence), random('equal width')),
    equalMass: reliabilityOf(outcomes, equalMassBins(confidence), random('equal mass')),
    nll: meanOf(nll),
    brier: meanOf(brier),
    accuracy: estimateRate(
      correct.reduce((sum, each) => sum + each, 0),
      n,
    ),
    confidence: estimateMean(confidence, 'confidence'),
    overconfidence: estimateMean(
      confidence.map((each, image) => each - (correct[image] as number)),
      'drop',
    ),
  };
}

/**
 * Fits on the validation images and scores all test images; without validation images fits on the first half of the test
 * images and scores the second.
 * @returns null where there is no image to fit on or none to score
 */
export function temperatureOf(test: LabelledLogits, validation?: LabelledLogits): FittedTemperature | null {
  const first = validation === undefined ? Math.floor(test.labels.length / 2) : 0;
  const fitted = validation ?? imagesOf(test, 0, first);
  const scored = imagesOf(test, first);
  if (fitted.labels.length === 0 || scored.labels.length === 0) return null;
  const { value, limit } = fitTemperature(fitted);
  return {
    value,
    limit,
    fitted: { set: validation === undefined ? 'test' : 'validation', images: fitted.labels.length },
    scored: { first, atOne: scoresOf(scored), atTemperature: scoresOf(scored, value) },
  };
}
