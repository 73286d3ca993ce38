/**
 * When a mean over heatmaps that can be compared is enough to claim something by. A flat map, which is the same
 * everywhere, can be compared with none, and a mean over the few pairs that are left is of those few alone.
 */

export interface Counted {
  /** How many can be compared. */
  readonly compared: number;
  /** Of how many that were looked at. */
  readonly of: number;
}

/** A claim needs so many images, or all where fewer were looked at. */
const LEAST_COMPARED_IMAGES = 5;

/**
 * Whether a mean is enough to claim something by, such as an epoch at which focus settles or an expectation that is met:
 * it rests on at least half of the pairs, and on at least five images (all of them, where fewer were looked at).
 *
 * @param pairs of heatmaps; the images where there is a pair an image
 */
export function isEnoughCompared(images: Counted, pairs: Counted = images): boolean {
  return (
    pairs.compared > 0 &&
    2 * pairs.compared >= pairs.of &&
    images.compared >= Math.min(LEAST_COMPARED_IMAGES, images.of)
  );
}

/** "1 of 600", where not all can be compared; undefined where all can. */
export function partCompared({ compared, of }: Counted): string | undefined {
  return compared === of ? undefined : `${compared} of ${of}`;
}
