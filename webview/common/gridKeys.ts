export interface Position {
  readonly row: number;
  readonly column: number;
}

/** The cell that a key leads to, by the grid pattern of the ARIA authoring practices. */
export function move(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  { row, column }: Position,
  last: Position,
  page: number,
): Position | undefined {
  const all = ctrlKey || metaKey;
  const to = (nextRow: number, nextColumn: number): Position => ({
    row: Math.min(Math.max(nextRow, 0), last.row),
    column: Math.min(Math.max(nextColumn, 0), last.column),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'PageUp':
      return to(row - page, column);
    case 'PageDown':
      return to(row + page, column);
    case 'Home':
      return to(all ? 0 : row, 0);
    case 'End':
      return to(all ? last.row : row, last.column);
    default:
      return undefined;
  }
}
