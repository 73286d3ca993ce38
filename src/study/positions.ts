/** Lines and columns of places in a text. */

const BYTE_ORDER_MARK = '\uFEFF';

/** Counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds line and column of offsets, in time that does not grow with the text after the first. A byte order mark has no column. */
export function positionsIn(text: string): (offset: number) => Position {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    const line = lastAtMost(starts, offset);
    const start = starts[line] ?? 0;
    const mark = start === 0 && offset > 0 && text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    return { line: line + 1, column: offset - start - mark + 1 };
  };
}

/** Lines end with CR LF, LF or CR. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return starts;
}

/** The index of the last of some rising numbers that is not above the one sought. */
function lastAtMost(numbers: readonly number[], sought: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? 0) <= sought) low = middle;
    else high = middle - 1;
  }
  return low;
}
