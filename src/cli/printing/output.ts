/** What the command line says. Results go to standard output, everything else to standard error. */
import { format } from 'node:util';

export interface Output {
  /** Whether the person asked for JSON: then standard output carries JSON and nothing else. */
  readonly json: boolean;
  /** A line of the result, for a person. Nothing under --json. */
  line(text?: string): void;
  /** A JSON document on one line. Nothing without --json. */
  document(value: unknown): void;
  /** A line about what is being done. */
  log(text: string): void;
  /** The line that is replaced by the next one, where standard error is a terminal; now and then a line elsewhere. */
  progress(text: string): void;
}

const PLAIN_PROGRESS_INTERVAL_MILLISECONDS = 10_000;

export function createOutput(json: boolean): Output {
  const terminal = process.stderr.isTTY;
  let shown = '';
  let lastPlain = Date.now();

  function clear(): void {
    if (shown !== '') process.stderr.write(`\r${' '.repeat(shown.length)}\r`);
    shown = '';
  }

  return {
    json,
    line(text = '') {
      if (json) return;
      clear();
      process.stdout.write(`${text}\n`);
    },
    document(value) {
      if (json) process.stdout.write(`${JSON.stringify(value, replaceNonFinite)}\n`);
    },
    log(text) {
      clear();
      process.stderr.write(`${text}\n`);
    },
    progress(text) {
      if (terminal) {
        const fitted = text.slice(0, Math.max(20, process.stderr.columns - 1));
        process.stderr.write(`\r${fitted.padEnd(shown.length)}`);
        shown = fitted;
      } else if (Date.now() - lastPlain >= PLAIN_PROGRESS_INTERVAL_MILLISECONDS) {
        lastPlain = Date.now();
        process.stderr.write(`${text}\n`);
      }
    },
  };
}

/** JSON knows no NaN and no infinity; null says that there is no number. */
function replaceNonFinite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

/** "1 h 5 min", "3 min 20 s", "12 s". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole >= 3600) return format('%d h %d min', Math.floor(whole / 3600), Math.floor((whole % 3600) / 60));
  if (whole >= 60) return format('%d min %d s', Math.floor(whole / 60), whole % 60);
  return format('%d s', whole);
}

/** Columns padded to the same width, the first to the left and the others to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** In a cell where there is no value. */
export const NOTHING = '–';

/** Rows below a header, without the columns in which no row has a value. */
export function withoutEmptyColumns(rows: readonly (readonly string[])[]): string[][] {
  const [, ...values] = rows;
  const isEmpty = (column: number): boolean => values.length > 0 && values.every((row) => row[column] === NOTHING);
  return rows.map((row) => row.filter((_, column) => !isEmpty(column)));
}
