/** What the mean similarity of clean and perturbed heatmaps rests on. */
import type { Measured } from '../robustness/measured';
import { isEnoughCompared, type Counted } from '../../statistics';

type Similar = Pick<Measured, 'images' | 'rounds' | 'heatmapSimilarity'>;

function countsOf({ images, rounds, heatmapSimilarity: { spearman, compared } }: Similar): {
  readonly images: Counted;
  readonly pairs: Counted;
} {
  return { images: { compared: spearman?.n ?? 0, of: images }, pairs: { compared, of: images * rounds } };
}

/** Whether an expectation can be decided by it: see {@link isEnoughCompared}. */
export function isSimilarityKnown(measured: Similar): boolean {
  const { images, pairs } = countsOf(measured);
  return isEnoughCompared(images, pairs);
}

/** "1 of 600 pairs of heatmaps", or "300 of 600 pairs of heatmaps (of 4 of 200 images)" where the images are too few. */
export function comparedPairsText(measured: Similar): string {
  const { images, pairs } = countsOf(measured);
  const fewImages = isEnoughCompared(pairs) && !isEnoughCompared(images, pairs);
  const ofImages = fewImages ? ` (of ${images.compared} of ${images.of} images)` : '';
  return `${pairs.compared} of ${pairs.of} pairs of heatmaps${ofImages}`;
}

/** "rests on 1 of 600 pairs of heatmaps, too few to say anything by"; undefined where all can be compared. */
export function similarityRestsText(measured: Similar): string | undefined {
  const { pairs } = countsOf(measured);
  if (pairs.compared === pairs.of) return undefined;
  return `rests on ${comparedPairsText(measured)}${isSimilarityKnown(measured) ? '' : ', too few to say anything by'}`;
}
