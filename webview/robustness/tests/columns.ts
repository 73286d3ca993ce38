/** The columns of the table, and how it is sorted by them. */
import type { Measured } from '../../../src/protocol/measured';
import type { Estimate } from '../../../src/protocol/values';
import type { TestRow } from '../model';
import { numberText } from './measures';

export const COLUMN_IDS = [
  'test',
  'epoch',
  'result',
  'clean',
  'accuracy',
  'drop',
  'dropOfLabel',
  'flips',
  'spearman',
  'ssim',
  'overlap',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export interface Column {
  readonly head: string;
  /** What it is, at length. */
  readonly title: string;
  /** What it is sorted by; null is sorted last. */
  readonly value: (row: TestRow) => number | null;
  readonly text: (row: TestRow) => string;
  /** Its interval's text. */
  readonly interval?: (row: TestRow) => string;
}

export interface Sort {
  readonly column: ColumnId;
  readonly descending: boolean;
}

const RESULTS = { failed: 'failed', passed: 'passed', measured: 'measured', stale: 'outdated' } as const;
const RESULT_ORDER = ['failed', 'stale', 'passed', 'measured'] as const;

export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  test: {
    ...{ head: 'Perturbation', title: 'In the order of the study file' },
    value: ({ test }) => test.entry,
    text: ({ test }) => test.title,
  },
  epoch: {
    ...{ head: 'Epoch', title: 'The checkpoint' },
    value: ({ checkpoint }) => checkpoint.epoch,
    text: ({ checkpoint }) => String(checkpoint.epoch),
  },
  result: {
    ...{ head: 'Result', title: 'Against what the study expects' },
    value: ({ outcome }) => (outcome === undefined ? null : RESULT_ORDER.indexOf(outcome.kind)),
    text: ({ outcome }) => (outcome === undefined ? 'to compute' : RESULTS[outcome.kind]),
  },
  clean: number('Clean %', 'Accuracy on the same images as they are', 1, ({ clean }) => clean.accuracy),
  accuracy: number('Accuracy %', 'Accuracy on the perturbed images', 1, ({ accuracy }) => accuracy),
  drop: estimate(
    'Drop',
    'Mean drop of the probability of the clean prediction, with its 95 % bootstrap interval',
    ({ confidenceDrop }) => confidenceDrop.ofPrediction,
  ),
  dropOfLabel: estimate(
    'Drop of label',
    'Mean drop of the probability of the label, with its 95 % bootstrap interval',
    ({ confidenceDrop }) => confidenceDrop.ofLabel,
  ),
  flips: number(
    'Flips %',
    'How often the prediction is another than on the clean image',
    1,
    ({ flipRate }) => flipRate,
  ),
  spearman: number(
    'Rank corr.',
    'Mean rank correlation (Spearman) of the heatmap with the clean image’s',
    3,
    ({ heatmapSimilarity }) => heatmapSimilarity.spearman,
  ),
  ssim: number(
    'SSIM',
    'Mean structural similarity of the heatmap with the clean image’s',
    3,
    ({ heatmapSimilarity }) => heatmapSimilarity.ssim,
  ),
  overlap: number(
    'Top 20 %',
    'Mean overlap of the hottest fifth of the heatmap with the clean image’s',
    3,
    ({ heatmapSimilarity }) => heatmapSimilarity.topOverlap,
  ),
};

function number(head: string, title: string, digits: number, of: (measured: Measured) => number | null): Column {
  const value = ({ outcome }: TestRow): number | null => (outcome === undefined ? null : of(outcome.measured));
  return { head, title, value, text: (row) => numberText(value(row), digits) };
}

function estimate(head: string, title: string, of: (measured: Measured) => Estimate): Column {
  const column = number(head, title, 4, (measured) => of(measured).mean);
  return {
    ...column,
    interval({ outcome }) {
      if (outcome === undefined) return '';
      const { low, high } = of(outcome.measured);
      return `${numberText(low, 4)} … ${numberText(high, 4)}`;
    },
  };
}

/** Rows that are equal in the column keep the study's order; those without a value come last either way. */
export function sortRows(rows: readonly TestRow[], { column, descending }: Sort): TestRow[] {
  const { value } = COLUMNS[column];
  const direction = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return direction * (x - y);
  });
}
