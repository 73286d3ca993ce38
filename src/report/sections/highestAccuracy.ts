/** Which epoch has the highest test accuracy of a run that was trained here, and whether by more than chance. */
import {
  isAboveZero,
  pairedShareDifference,
  rateDifferenceInterval,
  shareOfPercent,
  type Share,
} from '../../statistics';
import type { MistakesContent, Part, RunContent } from '../content';
import { epochList } from '../epochs';
import { percent } from '../numbers';

const CHANCE = {
  apart: ', which is above it by more than chance makes between two checkpoints',
  alike: ', which is no further above it than chance makes',
} as const;

type Metrics = Pick<RunContent['metrics'][number], 'epoch' | 'testAccuracy'>;

/**
 * The highest test accuracy that was measured, as a description, and whether it is more than chance above the last one's:
 * image by image where the predictions are known, else by how many test images there are. The end of a sentence on the last.
 *
 * @param last the last that was measured
 */
export function highestText(metrics: readonly Metrics[], last: Metrics, mistakes: Part<MistakesContent>): string {
  const highest = Math.max(...metrics.map(({ testAccuracy }) => testAccuracy ?? -1));
  const equal = metrics.filter(({ testAccuracy }) => testAccuracy === highest).map(({ epoch }) => epoch);
  if (equal.includes(last.epoch)) {
    const others = equal.filter((epoch) => epoch !== last.epoch);
    return `, the highest that was measured${others.length > 0 ? ` (as at ${epochList(others)})` : ''}`;
  }
  const apart = isLastBelow(metrics.find(({ epoch }) => epoch === equal.at(-1)) as Metrics, last, mistakes);
  const chance = apart === undefined ? '' : apart ? CHANCE.apart : CHANCE.alike;
  return `; the highest that was measured is ${percent(highest)} at ${epochList(equal)}${chance}`;
}

/** Undefined where it is not known on how many images. */
function isLastBelow(best: Metrics, last: Metrics, mistakes: Part<MistakesContent>): boolean | undefined {
  if (!mistakes.there) return undefined;
  const { images, epochs: known } = mistakes.value;
  const [ofBest, ofLast] = [best, last].map(({ epoch }) => known.find((each) => each.epoch === epoch)?.correct);
  if (ofBest !== undefined && ofLast !== undefined) return isAboveZero(pairedShareDifference(ofBest, ofLast).interval);
  const shareOf = ({ testAccuracy }: Metrics): Share => shareOfPercent(testAccuracy ?? 0, images);
  return isAboveZero(rateDifferenceInterval(shareOf(best), shareOf(last)));
}
