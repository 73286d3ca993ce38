/** Which classes are taken for which, and how often, where there are too many to look at each. */
import type { ClassIndices } from '../../common/classIndices';
import type { ConfusionCell } from './confusion';
import { checkLength } from './predictions';

export interface ConfusedPair extends ConfusionCell {
  /** Images, one at least. */
  readonly count: number;
}

/**
 * The confusions that there are, the most frequent first, then by label and prediction.
 * @throws InputError where lengths differ
 */
export function confusedPairs(labels: ClassIndices, predictions: ClassIndices): ConfusedPair[] {
  checkLength(labels, predictions);
  const counts = new Map<number, number>();
  for (let image = 0; image < labels.length; image++) {
    const [label, predicted] = [labels[image] as number, predictions[image] as number];
    const key = label * 2 ** 16 + predicted;
    if (label !== predicted) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, of], [b, other]) => other - of || a - b)
    .map(([key, count]) => ({ label: Math.floor(key / 2 ** 16), predicted: key % 2 ** 16, count }));
}

/** Of each class: how many images have the label, are taken for it, and are both. Each [classes]. */
export interface ClassCounts {
  readonly images: Uint32Array;
  readonly taken: Uint32Array;
  readonly right: Uint32Array;
}

export function classCounts(labels: ClassIndices, predictions: ClassIndices, classes: number): ClassCounts {
  checkLength(labels, predictions);
  const [images, taken, right] = [new Uint32Array(classes), new Uint32Array(classes), new Uint32Array(classes)];
  for (let image = 0; image < labels.length; image++) {
    const [label, predicted] = [labels[image] as number, predictions[image] as number];
    images[label] = (images[label] ?? 0) + 1;
    taken[predicted] = (taken[predicted] ?? 0) + 1;
    if (label === predicted) right[label] = (right[label] ?? 0) + 1;
  }
  return { images, taken, right };
}

/**
 * An order in which classes that are taken for each other stand together: pairs are gone through from the most frequent,
 * both directions added up, and join the rows of classes that they are in, end to end, as near to each other as they can be.
 *
 * @returns [classes], a permutation; without confusions the classes' own order
 */
export function clusteredOrder(pairs: readonly ConfusedPair[], classes: number): Uint16Array {
  const rowOf: number[][] = Array.from({ length: classes }, (_, index) => [index]);
  for (const [a, b] of bothWays(pairs)) {
    const [first, second] = [rowOf[a] as number[], rowOf[b] as number[]];
    if (first === second) continue;
    if (first.indexOf(a) < first.length / 2 && first.length > 1) first.reverse();
    if (second.indexOf(b) >= second.length / 2 && second.length > 1) second.reverse();
    for (const index of second) {
      first.push(index);
      rowOf[index] = first;
    }
  }
  return Uint16Array.from([...new Set(rowOf)].flat());
}

function bothWays(pairs: readonly ConfusedPair[]): (readonly [number, number])[] {
  const sums = new Map<number, number>();
  for (const { label, predicted, count } of pairs) {
    const key = Math.min(label, predicted) * 2 ** 16 + Math.max(label, predicted);
    sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return [...sums]
    .sort(([a, of], [b, other]) => other - of || a - b)
    .map(([key]) => [Math.floor(key / 2 ** 16), key % 2 ** 16]);
}
