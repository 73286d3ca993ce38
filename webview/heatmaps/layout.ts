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
  /** Small cells have captions of two lines. */
  readonly compact: boolean;
}

const GAP = 8;
const COMPACT_BELOW = 120;
const NARROW_BELOW = 560;

export function layoutOf(cell: number, panelWidth: number): Layout {
  const compact = cell < COMPACT_BELOW;
  return {
    cell,
    columnWidth: cell + 2 * GAP,
    rowHeight: cell + GAP + (compact ? 38 : 24) + GAP,
    nameWidth: panelWidth < NARROW_BELOW ? 88 : 148,
    headHeight: 44,
    compact,
  };
}
