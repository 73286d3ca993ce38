/** The columns of the table, and how it is sorted by them. */
import * as l10n from '@vscode/l10n';
import { SHOWN_MEASURES, type RobustnessMeasure } from '../../../src/measures/robustness/measures';
import type { ShownOutcome } from '../../../src/protocol/robustnessPanel';
import type { TestRow } from '../robustnessState';
import { describeMeasure, measureWords } from './measureWords';
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

export const COLUMN_IDS = ['test', 'epoch', 'result', ...SHOWN_MEASURES.map(({ id }) => id)] as [string, ...string[]];

const RESULT_ORDER = ['failed', 'stale', 'passed', 'measured'] as const;

/** In the order of `COLUMN_IDS`. */
export function columns(): readonly Column[] {
  return [
    {
      id: 'test',
      head: l10n.t('Perturbation'),
      title: l10n.t('In the order of the study file'),
      value: ({ test }) => test.entry,
      text: ({ test }) => test.title,
    },
    {
      id: 'epoch',
      head: l10n.t('Epoch'),
      title: l10n.t('The checkpoint'),
      value: ({ checkpoint }) => checkpoint.epoch,
      text: ({ checkpoint }) => String(checkpoint.epoch),
    },
    {
      id: 'result',
      head: l10n.t('Result'),
      title: l10n.t('Against what the study expects'),
      value: ({ outcome }) => (outcome === undefined ? null : RESULT_ORDER.indexOf(outcome.kind)),
      text: ({ outcome }) => resultText(outcome?.kind),
    },
    ...SHOWN_MEASURES.map(columnOf),
  ];
}

function resultText(kind: ShownOutcome['kind'] | undefined): string {
  switch (kind) {
    case undefined:
      return l10n.t('to compute');
    case 'failed':
      return l10n.t('failed');
    case 'passed':
      return l10n.t('passed');
    case 'measured':
      return l10n.t('measured');
    case 'stale':
      return l10n.t('outdated');
  }
}

function columnOf(measure: RobustnessMeasure): Column {
  const { id, digits } = measure;
  const of = ({ outcome }: TestRow): Reading | null => (outcome === undefined ? null : read(measure, outcome.measured));
  return {
    id,
    head: measureWords(measure).head,
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
  const { value } = columns().find(({ id }) => id === column) as Column;
  const direction = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return direction * (x - y);
  });
}
