/** By which images the best epoch is chosen: the same images cannot choose it and say how good it is. */
import { bestEpoch, choosingAccuracies } from '../../runs';
import type { RunContent } from '../content';
import { percent } from '../numbers';

/** A sentence after others, with a space before it; empty where there is nothing to choose from. */
export function choiceText(metrics: RunContent['metrics']): string {
  const { accuracies, chosenBy } = choosingAccuracies(metrics);
  const epoch = bestEpoch({ present: [...accuracies.keys()], accuracies });
  const best = metrics.find((each) => each.epoch === epoch);
  if (best === undefined || metrics.length < 2) return '';
  if (chosenBy === 'test')
    return ` Chosen as the best is epoch ${best.epoch}, by the test images themselves, so that its accuracy is too high rather than too low: no validation images were kept back.`;
  return ` Validation images, which were never trained on, choose epoch ${best.epoch} (${percent(best.validationAccuracy)} of ${best.validationImages ?? 0} right), with ${percent(best.testAccuracy)} of the test images right.`;
}
