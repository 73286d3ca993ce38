/** A table of many columns as a terminal shows it: heads of several lines, and no more columns than fit. */
import { NOTHING } from './output';

export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of texts, which come first and stay. */
  readonly texts: number;
}

export interface Fitting {
  /** Of the terminal, in characters. */
  readonly width: number;
  /** Whether columns in which no row has a value, or several rows all have the same one, are left out. */
  readonly isFitted: boolean;
}

const GAP = '  ';
/** A head is broken between words to be no wider than this, or than what stands below it. */
const NARROWEST = 12;

/** @returns the lines, and the heads of what is left out for the width; at least one column of numbers stays */
export function fittedTable(
  { head, rows, texts }: TextTable,
  { width, isFitted }: Fitting,
): { readonly lines: string[]; readonly leftOut: string[] } {
  const shown = head
    .map((text, at) => columnOf(text, at, rows))
    .filter(({ cells }, at) => at < texts || !isFitted || saysSomething(cells));
  const kept: TextColumn[] = [];
  let used = 0;
  for (const [at, column] of shown.entries()) {
    used += column.width + (at === 0 ? 0 : GAP.length);
    if (at > texts && used > width) break;
    kept.push(column);
  }
  const height = Math.max(0, ...kept.map(({ heads }) => heads.length));
  const line = (of: (column: TextColumn) => string): string =>
    kept
      .map((column, at) => (at === 0 ? of(column).padEnd(column.width) : of(column).padStart(column.width)))
      .join(GAP)
      .trimEnd();
  return {
    lines: [
      // The last lines of heads stand above the numbers.
      ...Array.from({ length: height }, (_, at) => line(({ heads }) => heads[at - height + heads.length] ?? '')),
      ...rows.map((_, at) => line(({ cells }) => cells[at] ?? '')),
    ],
    leftOut: shown.slice(kept.length).map(({ head: text }) => text),
  };
}

interface TextColumn {
  readonly head: string;
  readonly heads: readonly string[];
  readonly cells: readonly string[];
  readonly width: number;
}

function columnOf(head: string, at: number, rows: TextTable['rows']): TextColumn {
  const cells = rows.map((row) => row[at] ?? '');
  const heads = broken(head, Math.max(NARROWEST, ...cells.map(({ length }) => length)));
  return { head, heads, cells, width: Math.max(...[...heads, ...cells].map(({ length }) => length)) };
}

function broken(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}

function saysSomething(cells: readonly string[]): boolean {
  const [first, ...others] = cells;
  return others.length === 0 ? first !== NOTHING : others.some((cell) => cell !== first);
}
