/** The columns of the table, and how it is sorted by them. */
import { describeMeasure, SHOWN_MEASURES, type RobustnessMeasure } from '../../../src/measures/robustness/measures';
import type { TestRow } from './testRow';
import { basisText, numberText, read, type Reading } from './measures';

export interface Column {
  readonly id: string;
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
  readonly column: string;
  readonly descending: boolean;
}

const RESULTS = { failed: 'failed', passed: 'passed', measured: 'measured', stale: 'outdated' } as const;
const RESULT_ORDER = ['failed', 'stale', 'passed', 'measured'] as const;

/** In their order. */
export const COLUMNS: readonly Column[] = [
  {
    id: 'test',
    head: 'Perturbation',
    title: 'In the order of the study file',
    value: ({ test }) => test.entry,
    text: ({ test }) => test.title,
  },
  {
    id: 'epoch',
    head: 'Epoch',
    title: 'The checkpoint',
    value: ({ checkpoint }) => checkpoint.epoch,
    text: ({ checkpoint }) => String(checkpoint.epoch),
  },
  {
    id: 'result',
    head: 'Result',
    title: 'Against what the study expects',
    value: ({ outcome }) => (outcome === undefined ? null : RESULT_ORDER.indexOf(outcome.kind)),
    text: resultText,
  },
  ...SHOWN_MEASURES.map(columnOf),
];
export const COLUMN_IDS = COLUMNS.map(({ id }) => id) as [string, ...string[]];

export function resultText({ outcome }: TestRow): string {
  return outcome === undefined ? 'to compute' : RESULTS[outcome.kind];
}

function columnOf(measure: RobustnessMeasure): Column {
  const { id, head, digits } = measure;
  const of = ({ outcome }: TestRow): Reading | null => (outcome === undefined ? null : read(measure, outcome.measured));
  return {
    id,
    head,
    title: describeMeasure(measure),
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
  const { value } = COLUMNS.find(({ id }) => id === column) as Column;
  const direction = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return direction * (x - y);
  });
}
