/** What is confused where there are many classes: the whole matrix, the pairs and the classes. Loaded where it is needed. */
import * as l10n from '@vscode/l10n';
import { useMemo, useState } from 'preact/hooks';
import type { ClassIndices } from '../../../src/common/classIndices';
import {
  classCounts,
  clusteredOrder,
  confusedPairs,
  type ClassCounts,
  type ConfusedPair,
  type ConfusionCell,
  type ConfusionMatrix,
} from '../../../src/measures/misclassified';
import { className, decimal, grouped } from '../../common/text';
import { SearchSelect, Select } from '../../controls';
import { cellText } from '../matrixKeys';
import { HeatMatrix } from './heatMatrix';
import { ShareRows, type ShareRow } from './shareRows';

export interface DenseProperties {
  readonly classNames: readonly string[];
  readonly labels: ClassIndices;
  readonly predictions: ClassIndices;
  /** Undefined of so many classes that it is no picture any more. */
  readonly matrix: ConfusionMatrix | undefined;
  readonly chosen: ConfusionCell | undefined;
  readonly onCell: (cell: ConfusionCell | null) => void;
}

const ANY = 'any';
type Order = 'confused' | 'number' | 'name';

export function Dense({ classNames, labels, predictions, matrix, chosen, onCell }: DenseProperties) {
  const [order, setOrder] = useState<Order>('confused');
  const [only, setOnly] = useState(ANY);
  const classes = classNames.length;
  const pairs = useMemo(() => confusedPairs(labels, predictions), [labels, predictions]);
  const counts = useMemo(() => classCounts(labels, predictions, classes), [labels, predictions, classes]);
  const places = useMemo(() => orderOf(order, classNames, pairs), [order, pairs, classNames]);
  const marked = only === ANY ? undefined : Number(only);
  const same = (cell: ConfusionCell): boolean => cell.label === chosen?.label && cell.predicted === chosen.predicted;
  // A second choice of the same cell lets it go.
  const choose = (cell: ConfusionCell): void => onCell(same(cell) ? null : cell);
  return (
    <div class="dense">
      <div class="dense-controls">
        <Select
          label={l10n.t('Order')}
          title={l10n.t('Order of the classes')}
          choices={[
            { value: 'confused', text: l10n.t('What is confused together') },
            { value: 'number', text: l10n.t('By number') },
            { value: 'name', text: l10n.t('By name') },
          ]}
          value={order}
          onChange={setOrder}
        />
        <SearchSelect
          label={l10n.t('Class')}
          title={l10n.t('Class whose confusions are shown')}
          choices={[
            { value: ANY, text: l10n.t('All classes') },
            ...classNames.map((name, index) => ({ value: String(index), text: name })),
          ]}
          value={only}
          onChange={setOnly}
        />
      </div>
      {matrix === undefined ? (
        <p class="muted">{l10n.t('{0} classes are too many to be drawn as a matrix.', grouped(classes))}</p>
      ) : (
        <HeatMatrix {...{ classNames, matrix, order: places, chosen, marked }} onCell={choose} />
      )}
      <h3>{l10n.t('Most confused pairs')}</h3>
      <ShareRows
        label={l10n.t('Most confused pairs')}
        rows={pairRows(classNames, pairs, counts, marked, same, choose)}
      />
      <h3>{l10n.t('Classes, by how many of their images are right')}</h3>
      <ShareRows
        label={l10n.t('Classes, by how many of their images are right')}
        rows={classRows(classNames, counts, marked, (index) => setOnly(index === marked ? ANY : String(index)))}
      />
    </div>
  );
}

function orderOf(order: Order, classNames: readonly string[], pairs: readonly ConfusedPair[]): ArrayLike<number> {
  if (order === 'confused') return clusteredOrder(pairs, classNames.length);
  const all = Uint16Array.from(classNames.keys());
  if (order === 'number') return all;
  return all.sort((a, b) => className(classNames, a).localeCompare(className(classNames, b)));
}

function pairRows(
  classNames: readonly string[],
  pairs: readonly ConfusedPair[],
  { images }: ClassCounts,
  marked: number | undefined,
  same: (cell: ConfusionCell) => boolean,
  onCell: (cell: ConfusionCell) => void,
): ShareRow[] {
  const shown =
    marked === undefined ? pairs : pairs.filter(({ label, predicted }) => [label, predicted].includes(marked));
  return shown.map(({ label, predicted, count }) => ({
    key: `${label} ${predicted}`,
    name: `${className(classNames, label)} → ${className(classNames, predicted)}`,
    share: count / Math.max(1, images[label] ?? 0),
    text: grouped(count),
    title: cellText(classNames, { label, predicted }, count),
    pressed: same({ label, predicted }),
    onClick: () => onCell({ label, predicted }),
  }));
}

/** The worst first; classes without images last. */
function classRows(
  classNames: readonly string[],
  { images, taken, right }: ClassCounts,
  marked: number | undefined,
  onClass: (index: number) => void,
): ShareRow[] {
  const recall = (index: number): number => (images[index] ? (right[index] ?? 0) / images[index] : Infinity);
  const worst = [...classNames.keys()].sort((a, b) => (recall(a) < recall(b) ? -1 : Number(recall(a) > recall(b))));
  return worst.map((index) => {
    const [of, found] = [images[index] ?? 0, right[index] ?? 0];
    const precision = taken[index] === 0 ? '–' : decimal(`${((100 * found) / (taken[index] ?? 1)).toFixed(1)} %`);
    return {
      key: String(index),
      name: className(classNames, index),
      share: of === 0 ? 0 : found / of,
      text: of === 0 ? '–' : `${((100 * found) / of).toFixed(0)} %`,
      title: l10n.t('{0} of {1} images right; precision {2}', grouped(found), grouped(of), precision),
      pressed: index === marked,
      onClick: () => onClass(index),
    };
  });
}
