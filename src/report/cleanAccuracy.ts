/** How accurate checkpoints are on images as they are, to stand beside what perturbations do to them. */
import { LEAST_IMAGES_OF_RATES, meanOf, pairedShareDifference, rateDifferenceInterval } from '../statistics';
import { percentOf, shareOfPercent, type Share } from '../statistics';
import type { Difference } from './claims';
import type { RobustnessEntryContent, RunContent } from './content';

export interface CleanAccuracy {
  readonly share: Share;
  /** 1 where an image is right, else 0, in the order of the test set; null where only how many is known. */
  readonly correct: readonly number[] | null;
}

/**
 * Of all test images, where that is known of each of these checkpoints; else of those images that the perturbation with the
 * most of them was tested on. Null of a checkpoint of which neither is known.
 *
 * @param places of checkpoints among the run's
 */
export function cleanAccuracies(
  run: RunContent,
  entries: readonly RobustnessEntryContent[],
  places: readonly number[],
): readonly (CleanAccuracy | null)[] {
  const ofAll = places.map((at) => ofTestImages(run, at));
  if (ofAll.every((each) => each !== null)) return ofAll;
  const byImages = entries.map(({ results }) => results).sort((a, b) => imagesAt(b, places) - imagesAt(a, places));
  // The same perturbation at all of them, where one was tested at all.
  const everywhere = byImages.find((results) => places.every((at) => results[at] !== null));
  return places.map((at) => ofResult((everywhere ?? byImages.find((results) => results[at] !== null))?.[at] ?? null));
}

function imagesAt(results: RobustnessEntryContent['results'], places: readonly number[]): number {
  return Math.max(0, ...places.map((at) => results[at]?.measured.images ?? 0));
}

function ofTestImages({ checkpoints, misclassified, metrics }: RunContent, at: number): CleanAccuracy | null {
  const epoch = checkpoints[at]?.epoch;
  const predicted = misclassified.there ? misclassified.value : undefined;
  const correct = predicted?.epochs.find((each) => each.epoch === epoch)?.correct;
  if (correct !== undefined) return { share: { count: correct.filter(Boolean).length, of: correct.length }, correct };
  const measured = metrics.find((each) => each.epoch === epoch);
  const { testAccuracy = null, testImages = predicted?.images } = measured ?? {};
  if (testAccuracy === null || testImages === undefined) return null;
  return { share: shareOfPercent(testAccuracy, testImages), correct: null };
}

function ofResult(result: RobustnessEntryContent['results'][number]): CleanAccuracy | null {
  if (result === null) return null;
  const { clean, perImage } = result.measured;
  const isSent = perImage.cleanCorrect.length > 0;
  return { share: clean.accuracy, correct: isSent ? perImage.cleanCorrect : null };
}

/** Image by image where that is known, as a share; else by how many are right, in per cent. */
export function cleanDifference(a: CleanAccuracy, b: CleanAccuracy): Difference {
  if (a.correct !== null && b.correct !== null && a.correct.length === b.correct.length)
    return pairedShareDifference(a.correct, b.correct);
  const n = Math.min(a.share.of, b.share.of);
  const interval = n < LEAST_IMAGES_OF_RATES ? null : rateDifferenceInterval(a.share, b.share);
  return { mean: percentOf(a.share) - percentOf(b.share), n, interval, intervalFrom: LEAST_IMAGES_OF_RATES };
}

/** Of each image over several values. @param columns at least one, [images] each */
export function meansOfImages(columns: readonly (readonly number[])[]): number[] {
  const images = Math.min(...columns.map(({ length }) => length));
  return Array.from({ length: images }, (_, image) => meanOf(columns.map((column) => column[image] as number)));
}
