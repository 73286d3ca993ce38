/** Which classes a checkpoint takes for which. */
import type { ClassIndices } from '../../common/classIndices';
import { InputError } from '../../common/errors';
import { checkLength } from './predictions';

export interface ConfusionMatrix {
  readonly classes: number;
  /** [label, predicted], how many images each, row by row. */
  readonly counts: Uint32Array;
}

/** One place in a confusion matrix: images of the class `label` that are taken for the class `predicted`. */
export interface ConfusionCell {
  readonly label: number;
  readonly predicted: number;
}

/** @throws InputError where lengths differ, or a label or prediction is no class's number */
export function confusionMatrix(labels: ClassIndices, predictions: ClassIndices, classes: number): ConfusionMatrix {
  checkLength(labels, predictions);
  const counts = new Uint32Array(classes * classes);
  for (let image = 0; image < labels.length; image++) {
    const label = labels[image] as number;
    const predicted = predictions[image] as number;
    if (label >= classes || predicted >= classes) {
      throw new InputError('a class that there is not', {
        place: `image ${image}`,
        found: `class ${Math.max(label, predicted)}`,
        expected: `0 … ${classes - 1}`,
      });
    }
    const at = label * classes + predicted;
    counts[at] = (counts[at] as number) + 1;
  }
  return { classes, counts };
}

export function countOf({ classes, counts }: ConfusionMatrix, { label, predicted }: ConfusionCell): number {
  return counts[label * classes + predicted] as number;
}

export interface ClassScores {
  /** How many images have this label. */
  readonly images: number;
  /** The share of them that is taken for it, 0 … 1; null where there are none. */
  readonly recall: number | null;
  /** The share of what is taken for it that has this label, 0 … 1; null where nothing is taken for it. */
  readonly precision: number | null;
}

export function classScores(matrix: ConfusionMatrix, label: number): ClassScores {
  const all = Array.from({ length: matrix.classes }, (_, other) => other);
  const sum = (cells: ConfusionCell[]): number => cells.reduce((total, cell) => total + countOf(matrix, cell), 0);
  const right = countOf(matrix, { label, predicted: label });
  const images = sum(all.map((predicted) => ({ label, predicted })));
  const taken = sum(all.map((other) => ({ label: other, predicted: label })));
  return { images, recall: images === 0 ? null : right / images, precision: taken === 0 ? null : right / taken };
}

/** The images of one cell, ascending. @throws InputError where lengths differ */
export function imagesOfCell(labels: ClassIndices, predictions: ClassIndices, cell: ConfusionCell): Uint32Array {
  return imagesWhere(labels, predictions, (label, predicted) => label === cell.label && predicted === cell.predicted);
}

/** All that a checkpoint errs about, ascending. @throws InputError where lengths differ */
export function wrongImages(labels: ClassIndices, predictions: ClassIndices): Uint32Array {
  return imagesWhere(labels, predictions, (label, predicted) => label !== predicted);
}

function imagesWhere(
  labels: ClassIndices,
  predictions: ClassIndices,
  wanted: (label: number, predicted: number) => boolean,
): Uint32Array {
  checkLength(labels, predictions);
  const images = new Uint32Array(labels.length);
  let length = 0;
  for (let image = 0; image < labels.length; image++) {
    if (wanted(labels[image] as number, predictions[image] as number)) images[length++] = image;
  }
  return images.slice(0, length);
}
