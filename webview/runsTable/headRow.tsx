/** The heads of the columns: by them the table is sorted, and columns get another width. */
import * as l10n from '@vscode/l10n';
import type { SavedState } from './savedState';
import type { TableColumn } from './tableColumns';

export interface HeadRowProperties {
  /** Those in sight. */
  readonly heads: readonly Head[];
  readonly sort: SavedState['sort'];
  /** The column whose head has the tab stop; undefined where a row below has it. */
  readonly stop: number | undefined;
  readonly onSort: (head: Head) => void;
  readonly onResize: (id: string, width: number) => void;
}

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
  readonly canSort: boolean;
  /** Whether most want to see the largest first. */
  readonly descendingFirst: boolean;
}

/** By these the comparison has no order. */
const UNSORTED = ['epoch', 'note', 'commit'];

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
      canSort: !UNSORTED.includes(column.id),
      descendingFirst: column.kind === 'difference' || (result !== undefined && result.better !== 'lower'),
    };
    start += width;
    if (stays) left += width;
    return head;
  });
}

export function HeadRow({ heads, sort, stop, onSort, onResize }: HeadRowProperties) {
  return (
    <div class="line head" role="row" aria-rowindex={1}>
      {heads.map((head) => {
        const { at } = head;
        const sorted = sort?.by === head.id ? (sort.descending ? 'descending' : 'ascending') : 'none';
        return (
          <div
            key={head.id}
            role="columnheader"
            aria-colindex={at + 1}
            aria-sort={head.canSort ? sorted : undefined}
            data-cell={`0:${at}`}
            data-column={head.id}
            tabIndex={stop === at ? 0 : -1}
            class={classOf(head)}
            style={placeOf(head)}
            title={head.canSort ? l10n.t('{0}: sort', head.text) : head.text}
            onClick={() => onSort(head)}
          >
            <span class="head-text">{head.text}</span>
            {sorted !== 'none' && <span aria-hidden="true">{sorted === 'descending' ? '↓' : '↑'}</span>}
            <span
              class="grip"
              aria-hidden="true"
              onClick={(event) => event.stopPropagation()}
              onPointerDown={(event) => drag(event, head, onResize)}
            />
          </div>
        );
      })}
    </div>
  );
}

/** Columns out of sight have no cells, so that each says where it is. */
export function placeOf({ at, left }: Pick<Head, 'at' | 'left'>) {
  return { gridColumn: at + 1, ...(left === undefined ? {} : { left: `${left}px` }) };
}

export function classOf({ isNumber, left }: Pick<Head, 'isNumber' | 'left'>): string {
  return ['cell', isNumber ? 'number' : '', left === undefined ? '' : 'stays'].filter(Boolean).join(' ');
}

function drag(event: PointerEvent, { id, width }: Head, onResize: (id: string, width: number) => void): void {
  const grip = event.currentTarget as HTMLElement;
  const from = event.clientX;
  grip.setPointerCapture(event.pointerId);
  const move = (moved: PointerEvent): void => onResize(id, width + moved.clientX - from);
  grip.addEventListener('pointermove', move);
  grip.addEventListener('pointerup', () => grip.removeEventListener('pointermove', move), { once: true });
  event.preventDefault();
}
