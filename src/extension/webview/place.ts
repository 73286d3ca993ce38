/** Where a panel is. Columns are numbers: where one is closed or added to the left of a panel, the panel was not moved. */

export interface Place<Column> {
  /** Undefined where it is not known. */
  readonly column: Column | undefined;
  /** The tabs of its column, itself included. */
  readonly company: readonly string[];
  /** How many columns there are. */
  readonly columns: number;
}

/** Whether somebody has moved the panel between two looks, in which much else can have happened. */
export function isMoved<Column>(before: Place<Column>, now: Place<Column>): boolean {
  if (before.column === undefined || now.column === undefined || before.column === now.column) return false;
  if (before.columns === now.columns) return true;
  const joins = now.company.some((tab) => !before.company.includes(tab));
  const leaves = before.company.some((tab) => !now.company.includes(tab));
  // Where columns were closed, its company may have been closed with them.
  return joins || (leaves && now.columns > before.columns);
}
