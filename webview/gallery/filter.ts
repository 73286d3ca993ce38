/** The filter of a set's images. */
import type { ClassIndices } from '../../src/common/classIndices';
import type { SetName } from '../../src/protocol/engine';

export interface Filter {
  readonly set: SetName;
  /** The class's number; null is any. */
  readonly label: number | null;
  readonly query: string;
  /** Whether a checkpoint's prediction is right. */
  readonly verdict: 'all' | 'wrong' | 'right';
  /** The predicted class; null is any. */
  readonly predicted: number | null;
  readonly selectedOnly: boolean;
}

export const EVERYTHING: Omit<Filter, 'set'> = {
  label: null,
  query: '',
  verdict: 'all',
  predicted: null,
  selectedOnly: false,
};

export interface FilterInput {
  /** [images], the class's number of each. */
  readonly labels: ClassIndices;
  /** [images]; absent while there is no checkpoint, or no answer. */
  readonly predictions: ClassIndices | undefined;
  /** The indices that the query names, ascending; absent where it names none. */
  readonly indices: readonly number[] | undefined;
  readonly selected: ReadonlySet<number>;
}

/** Whether the filter needs a checkpoint's predictions. */
export function needsPredictions({ verdict, predicted }: Filter): boolean {
  return verdict !== 'all' || predicted !== null;
}

/** Ascending. Empty while the needed predictions are missing. */
export function filterImages(filter: Filter, input: FilterInput): Uint32Array {
  const { labels, predictions, indices, selected } = input;
  const needed = needsPredictions(filter);
  if (needed && predictions === undefined) return new Uint32Array(0);
  const count = indices?.length ?? labels.length;
  const shown = new Uint32Array(count);
  let length = 0;
  for (let position = 0; position < count; position++) {
    const index = indices === undefined ? position : (indices[position] as number);
    const label = labels[index];
    if (filter.label !== null && label !== filter.label) continue;
    if (filter.selectedOnly && !selected.has(index)) continue;
    if (needed && !fits(filter, label, predictions?.[index])) continue;
    shown[length++] = index;
  }
  return shown.slice(0, length);
}

function fits({ verdict, predicted }: Filter, label: number | undefined, prediction: number | undefined): boolean {
  if (verdict !== 'all' && (prediction === label) !== (verdict === 'right')) return false;
  return predicted === null || prediction === predicted;
}

/** [classes], the number of images of each. */
export function countLabels(labels: ClassIndices, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
