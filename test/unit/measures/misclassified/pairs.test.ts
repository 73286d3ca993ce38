/** Confusions of many classes: which pairs, which order, and the picture of them. */
import { expect, it } from 'vitest';
import { createRandom } from '../../../../src/common/random';
import {
  classCounts,
  clusteredOrder,
  confusedPairs,
  confusionMatrix,
  countOf,
} from '../../../../src/measures/misclassified';
import { matrixPicture } from '../../../../webview/misclassified/dense/picture';

const CLASSES = 300;
const COUNT = 6000;
const random = createRandom('pairs', 1);
const labels = Uint16Array.from({ length: COUNT }, (_, image) => image % CLASSES);
/** A class k is taken for (k + 150) mod 300 in a tenth of its images, and for anything now and then. */
const predictions = labels.map((label, image) =>
  image % 10 === 3 ? (label + 150) % CLASSES : image % 37 === 5 ? random.integer(CLASSES) : label,
);

it('pairs are those of the matrix, the most frequent first', () => {
  const matrix = confusionMatrix(labels, predictions, CLASSES);
  const pairs = confusedPairs(labels, predictions);
  for (const [at, { count, ...cell }] of pairs.entries()) {
    expect(count).toBe(countOf(matrix, cell));
    expect(cell.label).not.toBe(cell.predicted);
    expect(count).toBeLessThanOrEqual(pairs[at - 1]?.count ?? Infinity);
  }
  const wrong = labels.reduce((sum, label, image) => sum + Number(label !== predictions[image]), 0);
  expect(pairs.reduce((sum, { count }) => sum + count, 0)).toBe(wrong);
  const counts = classCounts(labels, predictions, CLASSES);
  expect(counts.images[299]).toBe(COUNT / CLASSES);
  expect(counts.right.reduce((sum, count) => sum + count, 0)).toBe(COUNT - wrong);
  expect(counts.taken.reduce((sum, count) => sum + count, 0)).toBe(COUNT);
});

it('the order is a permutation that has what is confused side by side', () => {
  const often = [3, 13, 23].flatMap((label) => [
    { label, predicted: label + 150, count: 50 },
    { label: label + 150, predicted: label, count: 20 },
  ]);
  const order = [...clusteredOrder(often, CLASSES)];
  expect([...order].sort((a, b) => a - b)).toEqual([...Array(CLASSES).keys()]);
  for (const label of [3, 13, 23]) expect(Math.abs(order.indexOf(label) - order.indexOf(label + 150))).toBe(1);
  expect([...clusteredOrder([], 5)]).toEqual([0, 1, 2, 3, 4]);
  // A chain: 0–1 and 2–3 are joined at 1–2.
  const chain = [
    { label: 0, predicted: 1, count: 9 },
    { label: 3, predicted: 2, count: 8 },
    { label: 2, predicted: 1, count: 7 },
  ];
  expect([...clusteredOrder(chain, 4)]).toEqual([0, 1, 2, 3]);
});

it('the picture shows every confusion, also where several cells are one pixel', () => {
  const colours = { background: [255, 255, 255], right: [0, 128, 0], wrong: [200, 0, 0] } as const;
  const one = confusionMatrix(Uint16Array.of(0, 1, 299), Uint16Array.of(0, 1, 150), CLASSES);
  const order = Uint16Array.from({ length: CLASSES }, (_, index) => index);
  for (const bin of [1, 4]) {
    const { side, pixels } = matrixPicture(one, order, bin, colours);
    expect(side).toBe(CLASSES / bin);
    const pixel = (row: number, column: number): number[] => {
      const at = 4 * (Math.floor(row / bin) * side + Math.floor(column / bin));
      return [...pixels.subarray(at, at + 4)];
    };
    expect(pixel(299, 150)).toEqual([200, 0, 0, 255]);
    expect(pixel(0, 0)).toEqual([0, 128, 0, 255]);
    expect(pixel(200, 10)).toEqual([255, 255, 255, 255]);
  }
  const reversed = matrixPicture(one, [...order].reverse(), 1, colours);
  expect([...reversed.pixels.subarray(4 * 149, 4 * 149 + 3)]).toEqual([200, 0, 0]);
});
