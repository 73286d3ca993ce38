/** How large the cells and rows of the list are, in pixels. */

export interface RowLayout {
  /** The side of a picture. */
  readonly cell: number;
  readonly rowHeight: number;
  /** The text is below the pictures. */
  readonly narrow: boolean;
  /** Captions have two lines. */
  readonly small: boolean;
}

const NARROW_BELOW = 640;
/** The text about the image beside the maps. */
const FACTS_WIDTH = 232;
/** Its height, beside the maps or below them where there is little room. */
const FACTS_HEIGHT = { beside: 134, below: 126 };
const GAP = 8;
/** Below a picture: a line, or two where a name and a number have no room beside each other. */
const CAPTION = { line: 22, lines: 36 };
const SMALL_BELOW = 84;
const LEAST = 40;

/** @param cellSize what the person wants, as far as there is room */
export function rowLayout(width: number, cellSize: number): RowLayout {
  const narrow = width < NARROW_BELOW;
  const room = (narrow ? width : width - FACTS_WIDTH) - 5 * GAP - 12;
  const cell = Math.max(LEAST, Math.min(cellSize, Math.floor(room / 4)));
  const small = cell < SMALL_BELOW;
  const maps = cell + (small ? CAPTION.lines : CAPTION.line);
  const height = narrow ? maps + FACTS_HEIGHT.below : Math.max(maps, FACTS_HEIGHT.beside);
  return { cell, rowHeight: height + 2 * GAP, narrow, small };
}
