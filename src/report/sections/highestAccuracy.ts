/** Which epochs have the highest test accuracy that was measured, and whether by more than chance. */
import {
  isAboveZero,
  LEAST_IMAGES_OF_RATES,
  pairedShareDifference,
  rateDifferenceInterval,
  shareOfPercent,
  type Share,
} from '../../statistics';
import type { MisclassifiedContent, Part, RunContent } from '../content';
import { epochList } from '../epochs';
import { percent } from '../numbers';

const CHANCE = {
  apart: ', which is above it by more than chance makes between two checkpoints',
  alike: ', which is no further above it than chance makes',
  tooFew: `, with too few images to tell it from chance`,
} as const;

type Metrics = Pick<RunContent['metrics'][number], 'epoch' | 'testAccuracy' | 'testImages'>;

/**
 * The highest test accuracy that was measured, as a description, and whether it is more than chance above the last one's:
 * image by image where the predictions are known, else by how many test images there are. The end of a sentence on the last.
 *
 * @param last the last that was measured @param write how an accuracy is written
 */
export function highestText(
  metrics: readonly Metrics[],
  last: Metrics,
  misclassified: Part<MisclassifiedContent>,
  write: (metrics: Metrics) => string = ({ testAccuracy }) => percent(testAccuracy),
): string {
  const highest = Math.max(...metrics.map(({ testAccuracy }) => testAccuracy ?? -1));
  const equal = metrics.filter(({ testAccuracy }) => testAccuracy === highest);
  const [first] = equal;
  if (first === undefined) return '';
  const epochs = equal.map(({ epoch }) => epoch);
  if (epochs.includes(last.epoch)) {
    const others = epochs.filter((epoch) => epoch !== last.epoch);
    return `, the highest that was measured${others.length > 0 ? ` (as at ${epochList(others)})` : ''}`;
  }
  return `; the highest that was measured is ${write(first)} at ${epochList(epochs)}${chanceText(equal, last, misclassified)}`;
}

/** Nothing where it is not known on how many images. @param best those of the highest accuracy */
function chanceText(best: readonly Metrics[], last: Metrics, misclassified: Part<MisclassifiedContent>): string {
  // Of several that are equally accurate each has images of its own: a claim holds for all of them.
  const known = best.map((each) => isLastBelow(each, last, misclassified));
  if (known.includes(undefined)) return '';
  if (known.includes('tooFew')) return CHANCE.tooFew;
  return known.includes('alike') ? CHANCE.alike : CHANCE.apart;
}

/** Undefined where it is not known on how many images. */
function isLastBelow(
  best: Metrics,
  last: Metrics,
  misclassified: Part<MisclassifiedContent>,
): keyof typeof CHANCE | undefined {
  const predicted = misclassified.there ? misclassified.value : undefined;
  const correctOf = ({ epoch }: Metrics) => predicted?.epochs.find((each) => each.epoch === epoch)?.correct;
  const [ofBest, ofLast] = [correctOf(best), correctOf(last)];
  if (ofBest !== undefined && ofLast !== undefined) {
    const { interval } = pairedShareDifference(ofBest, ofLast);
    return interval === null ? 'tooFew' : isAboveZero(interval) ? 'apart' : 'alike';
  }
  const [a, b] = [best, last].map((each) => shareOf(each, predicted?.images));
  if (a === undefined || b === undefined) return undefined;
  if (Math.min(a.of, b.of) < LEAST_IMAGES_OF_RATES) return 'tooFew';
  return isAboveZero(rateDifferenceInterval(a, b)) ? 'apart' : 'alike';
}

function shareOf({ testAccuracy, testImages }: Metrics, images: number | undefined): Share | undefined {
  const of = testImages ?? images;
  return of === undefined ? undefined : shareOfPercent(testAccuracy ?? 0, of);
}
