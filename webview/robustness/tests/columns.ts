/** The columns of the table, and the order of its rows. */
import type { Measured } from '../../../src/measures/robustness/measured';
import type { TestRow } from '../model';
import { basisText, numberText, readEstimate, readRate, readSimilarity, type Reading } from './measures';

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
  /** The column's full name. */
  readonly title: string;
  /** The value that rows are sorted by; null is sorted last. */
  readonly value: (row: TestRow) => number | null;
  readonly text: (row: TestRow) => string;
  /** The interval, and the number of images. */
  readonly basis?: (row: TestRow) => string;
}

export interface Sort {
  readonly column: ColumnId;
  readonly descending: boolean;
}

const RESULTS = { failed: 'failed', passed: 'passed', measured: 'measured', stale: 'outdated' } as const;
const RESULT_ORDER = ['failed', 'stale', 'passed', 'measured'] as const;

export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  test: {
    head: 'Perturbation',
    title: 'In the order of the study file',
    value: ({ test }) => test.entry,
    text: ({ test }) => test.title,
  },
  epoch: {
    head: 'Epoch',
    title: 'The checkpoint',
    value: ({ checkpoint }) => checkpoint.epoch,
    text: ({ checkpoint }) => String(checkpoint.epoch),
  },
  result: {
    head: 'Result',
    title: 'Against what the study expects',
    value: ({ outcome }) => (outcome === undefined ? null : RESULT_ORDER.indexOf(outcome.kind)),
    text: ({ outcome }) => (outcome === undefined ? 'to compute' : RESULTS[outcome.kind]),
  },
  clean: number('Clean %', 'Accuracy on the same images as they are, with its 95 % interval', 1, ({ clean }) =>
    readRate(clean.accuracy),
  ),
  accuracy: number('Accuracy %', 'Accuracy on the perturbed images, with its 95 % interval', 1, ({ accuracy }) =>
    readRate(accuracy),
  ),
  drop: number(
    'Drop',
    'Mean drop of the probability of the clean prediction, negative where it rises, with its 95 % interval over n images',
    4,
    ({ confidenceDrop }) => readEstimate(confidenceDrop.ofPrediction),
  ),
  dropOfLabel: number(
    'Drop of label',
    'Mean drop of the probability of the label, negative where it rises, with its 95 % interval over n images',
    4,
    ({ confidenceDrop }) => readEstimate(confidenceDrop.ofLabel),
  ),
  flips: number(
    'Flips %',
    'How often the prediction is another than on the clean image, with its 95 % interval',
    1,
    ({ flipRate }) => readRate(flipRate),
  ),
  spearman: number(
    'Rank corr.',
    'Mean rank correlation (Spearman) of the heatmap with the clean image’s',
    3,
    (measured) => readSimilarity(measured, 'spearman'),
  ),
  ssim: number('SSIM', 'Mean structural similarity of the heatmap with the clean image’s', 3, (measured) =>
    readSimilarity(measured, 'ssim'),
  ),
  overlap: number(
    'Top 20 %',
    'Mean overlap of the hottest fifth of the heatmap with the clean image’s',
    3,
    (measured) => readSimilarity(measured, 'topOverlap'),
  ),
};

function number(head: string, title: string, digits: number, read: (measured: Measured) => Reading | null): Column {
  const of = ({ outcome }: TestRow): Reading | null => (outcome === undefined ? null : read(outcome.measured));
  return {
    head,
    title,
    value: (row) => of(row)?.value ?? null,
    text: (row) => numberText(of(row)?.value, digits),
    basis(row) {
      const reading = of(row);
      return reading === null ? '' : basisText(reading, digits);
    },
  };
}

/** Equal rows keep the study's order; rows without a value come last in either direction. */
export function sortRows(rows: readonly TestRow[], { column, descending }: Sort): TestRow[] {
  const { value } = COLUMNS[column];
  const direction = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return direction * (x - y);
  });
}
