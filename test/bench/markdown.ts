/** Tables and the numbers in them. What was not measured is NaN, and a dash. */

export type Row = readonly string[];

/** @param rows the head first */
export function markdown([head = [], ...body]: readonly Row[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...body].map((row) => (row[column] ?? '').length)));
  const line = (row: Row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

export function speed(secondsPerImage: number): string {
  return known(secondsPerImage, () => (1 / secondsPerImage).toPrecision(3));
}

export function time(secondsPerImage: number): string {
  return known(secondsPerImage, () => (1000 * secondsPerImage).toPrecision(3));
}

export function ratio(value: number): string {
  return known(value, () => value.toFixed(2));
}

export function megabytes(bytes: number): string {
  return known(bytes, () => (bytes / 1e6).toFixed(0));
}

function known(value: number, text: () => string): string {
  return Number.isNaN(value) ? '–' : text();
}
