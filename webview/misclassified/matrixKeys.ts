/** Cells of the confusion matrix: which one a key leads to, and what they say. */
import * as l10n from '@vscode/l10n';
import type { ConfusionCell, ConfusionMatrix } from '../../src/measures/misclassified';
import { className } from '../common/text';

/** The cell that a key leads to; undefined for any other key. */
export function moved(key: string, { label, predicted }: ConfusionCell, classes: number): ConfusionCell | undefined {
  const within = (value: number): number => Math.min(Math.max(value, 0), classes - 1);
  switch (key) {
    case 'ArrowUp':
      return { label: within(label - 1), predicted };
    case 'ArrowDown':
      return { label: within(label + 1), predicted };
    case 'ArrowLeft':
      return { label, predicted: within(predicted - 1) };
    case 'ArrowRight':
      return { label, predicted: within(predicted + 1) };
    case 'Home':
      return { label, predicted: 0 };
    case 'End':
      return { label, predicted: classes - 1 };
    default:
      return undefined;
  }
}

/** "cat taken for dog: 12 images" */
export function cellText(names: readonly string[], { label, predicted }: ConfusionCell, count: number): string {
  const [of, taken] = [className(names, label), className(names, predicted)];
  if (label === predicted) {
    return count === 1
      ? l10n.t('{0} taken for what it is: 1 image', of)
      : l10n.t('{0} taken for what it is: {1} images', of, count);
  }
  return count === 1
    ? l10n.t('{0} taken for {1}: 1 image', of, taken)
    : l10n.t('{0} taken for {1}: {2} images', of, taken, count);
}

/** The largest counts on and off the diagonal. */
export function mostOf({ classes, counts }: ConfusionMatrix): { right: number; wrong: number } {
  const most = { right: 0, wrong: 0 };
  counts.forEach((count, place) => {
    const kind = place % (classes + 1) === 0 ? 'right' : 'wrong';
    most[kind] = Math.max(most[kind], count);
  });
  return most;
}
