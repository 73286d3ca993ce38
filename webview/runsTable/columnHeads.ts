/** Where the columns stand: how wide each is, and which stay at the left. */
import * as l10n from '@vscode/l10n';
import type { SavedState } from './savedState';
import type { TableColumn } from './tableColumns';

export interface Head {
  readonly id: string;
  /** Its index among the columns that are shown; 0 is the name. */
  readonly at: number;
  /** The column; undefined of the name. */
  readonly column: TableColumn | undefined;
  readonly text: string;
  readonly isNumber: boolean;
  /** In CSS pixels. */
  readonly width: number;
  /** Where it begins while nothing is scrolled. */
  readonly start: number;
  /** From the left edge, where the column stays while the others scroll. */
  readonly left: number | undefined;
  /** Whether most want to see the largest first. */
  readonly descendingFirst: boolean;
}

export function headsOf(columns: readonly TableColumn[], saved: SavedState['columns'], nameWidth: number): Head[] {
  let [left, start] = [0, 0];
  const name = { id: 'name', head: l10n.t('Name'), kind: 'plain', width: nameWidth, isNumber: false } as const;
  return [name, ...columns].map((column, at) => {
    const width = saved.widths[column.id] ?? column.width;
    const stays = at === 0 || saved.pinned.includes(column.id);
    const result = 'result' in column ? column.result : undefined;
    const head: Head = {
      id: column.id,
      at,
      column: columns[at - 1],
      text: column.head,
      isNumber: column.isNumber,
      width,
      start,
      left: stays ? left : undefined,
      descendingFirst: column.kind === 'difference' || (result !== undefined && result.better !== 'lower'),
    };
    start += width;
    if (stays) left += width;
    return head;
  });
}

/** Columns out of sight have no cells, so that each says where it is. */
export function placeOf({ at, left }: Pick<Head, 'at' | 'left'>) {
  return { gridColumn: at + 1, ...(left === undefined ? {} : { left: `${left}px` }) };
}

export function classOf({ isNumber, left }: Pick<Head, 'isNumber' | 'left'>): string {
  return ['cell', isNumber ? 'number' : '', left === undefined ? '' : 'stays'].filter(Boolean).join(' ');
}
