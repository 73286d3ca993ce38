/**
 * The grid's measures in CSS pixels. All rows and all columns have one size, so visibility is computed without the DOM.
 */
export interface Layout {
  /** The side of a cell's picture. */
  readonly cell: number;
  readonly columnWidth: number;
  readonly rowHeight: number;
  /** The first column: image, name, label. */
  readonly nameWidth: number;
  readonly headHeight: number;
  /** Small cells have captions of two lines, and their heads no more than a number. */
  readonly isCompact: boolean;
}

const GAP = 8;
const COMPACT_BELOW = 120;

export function layoutOf(cell: number, isNarrow: boolean): Layout {
  const isCompact = cell < COMPACT_BELOW;
  return {
    cell,
    columnWidth: cell + 2 * GAP,
    rowHeight: cell + GAP + (isCompact ? 38 : 24) + GAP,
    nameWidth: isNarrow ? 92 : 148,
    headHeight: 42,
    isCompact,
  };
}

/** What is in sight of the grid, in CSS pixels. */
export interface Viewport {
  readonly scrollLeft: number;
  readonly scrollTop: number;
  readonly clientWidth: number;
  readonly clientHeight: number;
}

/** Where to scroll so that a cell is in sight, out from under the sticky heads. */
export function revealing(
  { row, column }: { readonly row: number; readonly column: number },
  { rowHeight, columnWidth, headHeight, nameWidth }: Layout,
  { scrollLeft, scrollTop, clientWidth, clientHeight }: Viewport,
): { readonly top: number; readonly left: number } {
  const into = (start: number, size: number, from: number, length: number): number =>
    Math.min(Math.max(from, start + size - length), start);
  return {
    top: into(row * rowHeight, rowHeight, scrollTop, clientHeight - headHeight),
    left: into(column * columnWidth, columnWidth, scrollLeft, clientWidth - nameWidth),
  };
}
