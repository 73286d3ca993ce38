/** A table as a paper or a terminal prints it, before it is text: what Markdown, LaTeX and the command line have in common. */
import { fixedText } from '../../common/numberText';
import { bestNote, type At, type Column } from '../columns';
import { isDifferent, type Row, type RowValue } from '../rows';
import { settingText, shortSetting } from '../settings';

export interface PrintedValue {
  readonly mean: string;
  /** Half the 95 % interval; undefined where there is none. */
  readonly half: string | undefined;
  readonly n: number;
  /** Whether n is said: of a recipe it is, of a run it is one. */
  readonly saysN: boolean;
  readonly bold: boolean;
}

/** A text, or a number; undefined where there is none. */
export type PrintedCell = string | PrintedValue | undefined;

export interface PrintedTable {
  /** Sentences that say what the numbers are. */
  readonly caption: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly PrintedCell[])[];
  /** Columns of texts, which come first. */
  readonly texts: number;
}

export interface Printing {
  readonly columns: readonly Column[];
  readonly at: At;
  /** Dotted names: see `differingSettings`. */
  readonly settings: readonly string[];
}

export function printedTable(rows: readonly Row[], { columns, at, settings }: Printing): PrintedTable {
  const baseline = rows.find(({ isBaseline }) => isBaseline);
  const ofRuns = rows.every(({ kind }) => kind === 'run');
  const bold = boldRows(rows, columns);
  const texts = [ofRuns ? 'Run' : 'Recipe', ...settings.map(shortSetting)];
  return {
    caption: captionOf(rows, { at, ofRuns, baseline }),
    head: [...texts, ...columns.flatMap((column) => headsOf(column, baseline))],
    rows: rows.map((row) => [
      row.name,
      ...settings.map((field) => settingText(row.runs[0]?.settings[field])),
      ...columns.flatMap((column) => [
        printedValue(row.values[column.id], column, { saysN: !ofRuns, bold: bold.get(column.id) === row }),
        ...(baseline === undefined ? [] : [printedDifference(row.differences[column.id], column)]),
      ]),
    ]),
    texts: texts.length,
  };
}

function headsOf({ head, unit }: Column, baseline: Row | undefined): string[] {
  const own = unit === '' ? head : `${head} (${unit})`;
  return baseline === undefined ? [own] : [own, `Difference from ${baseline.name}`];
}

/** Undefined where there is no number. */
export function printedValue(
  value: RowValue | undefined,
  { digits }: Pick<Column, 'digits'>,
  { saysN, bold }: Pick<PrintedValue, 'saysN' | 'bold'>,
): PrintedValue | undefined {
  if (value === undefined || value.mean === null) return undefined;
  const { mean, interval, n } = value;
  // An interval that is cut at 100 % still reaches as far to the other side.
  const half = interval === null ? undefined : Math.max(interval.high - mean, mean - interval.low);
  return {
    mean: fixedText(mean, digits),
    half: half === undefined ? undefined : fixedText(half, digits),
    n,
    saysN,
    bold,
  };
}

/** With its sign. */
export function printedDifference(
  value: RowValue | undefined,
  column: Pick<Column, 'digits'>,
): PrintedValue | undefined {
  const printed = printedValue(value, column, { saysN: true, bold: false });
  if (printed === undefined || Number(printed.mean.replace('−', '-')) <= 0) return printed;
  return { ...printed, mean: `+${printed.mean}` };
}

/** An interval of two differences has one degree of freedom: too few for a claim. */
const FEWEST_PAIRS = 3;

/**
 * By column id the row whose mean is the best, where that is more than chance: the interval of its paired difference from
 * the baseline excludes 0, over at least three seeds. The baseline itself has no such interval, and is never bold.
 */
function boldRows(rows: readonly Row[], columns: readonly Column[]): ReadonlyMap<string, Row> {
  const bold = new Map<string, Row>();
  for (const { id, better } of columns) {
    const sign = better === 'higher' ? 1 : -1;
    const known = rows.filter((row) => typeof row.values[id]?.mean === 'number');
    if (better === undefined || known.length < 2) continue;
    const best = known.reduce((a, b) => (sign * meanOf(b, id) > sign * meanOf(a, id) ? b : a));
    const difference = best.differences[id];
    if (difference !== undefined && difference.n >= FEWEST_PAIRS && isDifferent(difference)) bold.set(id, best);
  }
  return bold;
}

function meanOf(row: Row, id: string): number {
  return row.values[id]?.mean ?? NaN;
}

function captionOf(
  rows: readonly Row[],
  { at, ofRuns, baseline }: { readonly at: At; readonly ofRuns: boolean; readonly baseline: Row | undefined },
): string[] {
  const facts = rows.flatMap(({ runs }) => runs);
  return [
    at === 'final' ? 'Values are of the final epoch.' : `Values are of the best epoch. ${bestNote(facts)}`,
    ...(ofRuns ? [] : ['Mean over n seeds; ± is half the 95 % interval of the mean (Student’s t over seeds).']),
    ...(baseline === undefined
      ? []
      : [
          `Differences from ${baseline.name} are paired by seed; their ± is half the 95 % interval of the mean difference.`,
          `Bold is the best value of a column where the 95 % interval of its difference, over at least ${FEWEST_PAIRS} seeds, excludes 0.`,
        ]),
  ];
}
