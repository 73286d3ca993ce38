/** The layout of the tiles: rows of equal squares, all lengths in CSS pixels. */

export interface Layout {
  readonly tile: number;
  readonly columns: number;
  /** The left edge of the first column, so that the tiles are centred. */
  readonly left: number;
  readonly count: number;
}

export const GAP = 4;

export function layOut(width: number, tile: number, count: number): Layout {
  const columns = Math.max(1, Math.floor((width - GAP) / (tile + GAP)));
  const left = Math.max(0, Math.floor((width - (columns * (tile + GAP) - GAP)) / 2));
  return { tile, columns, left, count };
}

export function heightOf({ tile, columns, count }: Layout): number {
  return Math.ceil(count / columns) * (tile + GAP) + GAP;
}

/** The place of a position, measured from the top of all rows. */
export function topOf({ tile, columns }: Layout, position: number): number {
  return GAP + Math.floor(position / columns) * (tile + GAP);
}

export function leftOf({ tile, columns, left }: Layout, position: number): number {
  return left + (position % columns) * (tile + GAP);
}

/** The positions whose rows overlap the window, the last one exclusive. */
export function visibleRange(layout: Layout, scrollTop: number, height: number): { first: number; end: number } {
  const row = layout.tile + GAP;
  const first = Math.max(0, Math.floor((scrollTop - GAP) / row)) * layout.columns;
  const end = Math.ceil((scrollTop + height) / row) * layout.columns;
  return { first: Math.min(first, layout.count), end: Math.min(end, layout.count) };
}

/** The position at a point, with y from the top of all rows; undefined between and beside tiles. */
export function positionAt(layout: Layout, x: number, y: number): number | undefined {
  const step = layout.tile + GAP;
  const column = Math.floor((x - layout.left) / step);
  const row = Math.floor((y - GAP) / step);
  if (column < 0 || column >= layout.columns || row < 0) return undefined;
  if (x - layout.left - column * step >= layout.tile || y - GAP - row * step >= layout.tile) return undefined;
  const position = row * layout.columns + column;
  return position < layout.count ? position : undefined;
}

/** The position that a key leads to; undefined for any other key. */
export function moved(layout: Layout, position: number, key: string, height: number): number | undefined {
  const last = layout.count - 1;
  const page = Math.max(1, Math.floor(height / (layout.tile + GAP)) - 1) * layout.columns;
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: position - 1,
    ArrowRight: position + 1,
    ArrowUp: position - layout.columns < 0 ? position : position - layout.columns,
    ArrowDown: position + layout.columns > last ? position : position + layout.columns,
    PageUp: position < page ? position % layout.columns : position - page,
    PageDown: position + page,
    Home: 0,
    End: last,
  };
  const target = targets[key];
  return target === undefined || last < 0 ? undefined : Math.min(last, Math.max(0, target));
}

/** The scroll position, nearest to this one, at which a position is fully visible. */
export function scrollToShow(layout: Layout, position: number, scrollTop: number, height: number): number {
  const top = topOf(layout, position) - GAP;
  const bottom = top + layout.tile + 2 * GAP;
  if (top < scrollTop) return top;
  return bottom > scrollTop + height ? bottom - height : scrollTop;
}
