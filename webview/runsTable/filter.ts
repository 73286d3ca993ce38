/** The filter's text: words, and conditions such as "accuracy > 80". */
import * as l10n from '@vscode/l10n';
import { filterRows, shortSetting, type Row } from '../../src/comparison';
import type { TableColumn } from './tableColumns';

type Operator = '<' | '<=' | '>' | '>=' | '=' | '!=';

interface Condition {
  readonly column: TableColumn;
  readonly operator: Operator;
  readonly value: number;
}

export interface Filter {
  readonly words: string;
  readonly conditions: readonly Condition[];
  /** What cannot be understood, for a person; undefined where all can. */
  readonly problem: string | undefined;
}

const CONDITION = /([^\s<>=!]+)\s*(<=|>=|!=|<|>|=)\s*(\S+)/g;

/**
 * A condition compares a column with a number. The column is named by its id or the end of its head, such as "accuracy",
 * "learningRate" or "rotation". What has an equals sign and no number is a word: "augmentation=cutout".
 */
export function parseFilter(text: string, columns: readonly TableColumn[]): Filter {
  const conditions: Condition[] = [];
  let problem: string | undefined;
  const words = text.replace(CONDITION, (whole, name: string, operator: Operator, right: string) => {
    const value = Number(right.replace(/%$/, '').replace(',', '.'));
    const column = columnNamed(name, columns);
    if (operator === '=' && (column === undefined || !Number.isFinite(value))) return whole.replaceAll(/\s/g, '');
    if (column === undefined) problem ??= l10n.t('No column is called “{0}”.', name);
    else if (!Number.isFinite(value)) problem ??= l10n.t('“{0}” is no number.', right);
    else conditions.push({ column, operator, value });
    return '';
  });
  return { words: words.trim(), conditions, problem };
}

function columnNamed(name: string, columns: readonly TableColumn[]): TableColumn | undefined {
  const wanted = name.toLowerCase();
  const byName = (of: (column: TableColumn) => string): TableColumn | undefined =>
    columns.find((column) => of(column).toLowerCase() === wanted);
  return (
    byName(({ id }) => id) ??
    byName(({ id }) => shortSetting(id)) ??
    byName(({ id }) => id.split(':').at(-1) ?? '') ??
    columns.find(({ head, isNumber }) => isNumber && head.toLowerCase().includes(wanted))
  );
}

/** @param numberAt the number of a row in a column, undefined where there is none */
export function filtered(
  rows: readonly Row[],
  { words, conditions }: Filter,
  numberAt: (row: Row, column: TableColumn) => number | undefined,
): Row[] {
  return filterRows(rows, words).filter((row) =>
    conditions.every(({ column, operator, value }) => {
      const number = numberAt(row, column);
      return number !== undefined && HOLDS[operator](number, value);
    }),
  );
}

const HOLDS: Readonly<Record<Operator, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};
