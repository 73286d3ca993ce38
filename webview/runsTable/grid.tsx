/** The table as a grid, of which only the rows in sight exist. */
import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Row } from '../../src/comparison';
import { move, type Position } from '../common/gridKeys';
import { useWidth } from '../list/useWidth';
import { useVirtualRows } from '../list/virtualRows';
import type { Actions } from './actions';
import { revealColumn, useColumnsInSight } from './columnsInSight';
import { headsOf, type Head } from './columnHeads';
import { HeadRow } from './headRow';
import { LineRow } from './lineRow';
import type { SavedState } from './savedState';
import type { TableState } from './tableState';

const LINE_HEIGHT = 28;
const HEAD_HEIGHT = 44;
/** Below this width the first column is narrow, so that others are in sight. */
const NARROW = 800;

export interface GridProperties {
  readonly table: TableState;
  readonly state: SavedState;
  readonly actions: Actions;
  /** Opens the menu of a row. */
  readonly onMenu: (row: Row, place: { readonly left: number; readonly top: number }) => void;
}

/** The cell with the keyboard's focus; row 0 is the head. */
const focus = signal<Position>({ row: 1, column: 0 });

export function Grid({ table, state, actions, onMenu }: GridProperties) {
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const target = useRef<Position>(undefined);
  const lines = table.lines.value;
  const columns = table.shown.value;
  const heads = headsOf(columns, state.columns, width > 0 && width < NARROW ? 140 : 300);
  const rows = useVirtualRows({
    count: lines.length,
    size: LINE_HEIGHT,
    scroller,
    body,
    covered: HEAD_HEIGHT,
    overscan: 4,
  });
  const seen = useColumnsInSight(scroller, heads, width);
  const last: Position = { row: lines.length, column: heads.length - 1 };
  const at = { row: Math.min(focus.value.row, last.row), column: Math.min(focus.value.column, last.column) };
  // A table whose current cell is out of sight can be reached by the Tab key, too.
  const stop = rows.items.some(({ index }) => index + 1 === at.row) ? at.row : 0;
  const stopColumn = seen.some((head) => head.at === at.column) ? at.column : 0;

  useLayoutEffect(() => {
    const to = target.current;
    if (to === undefined) return;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-cell="${to.row}:${to.column}"]`);
    if (cell === null || cell === undefined) return;
    target.current = undefined;
    cell.focus({ preventScroll: true });
  });

  function sort(head: Head): void {
    actions.sort(head.id, head.descendingFirst ? 'descending' : 'ascending');
  }

  function key(event: KeyboardEvent): void {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-cell]') : null;
    if (cell === null || event.altKey) return;
    const head = at.row === 0 ? heads[at.column] : undefined;
    if (head !== undefined && event.shiftKey && ['ArrowLeft', 'ArrowRight'].includes(event.key)) {
      actions.resize(head.id, head.width + (event.key === 'ArrowLeft' ? -16 : 16));
    } else if (head !== undefined && ['Enter', ' '].includes(event.key)) sort(head);
    else if (!lineKey(event, cell)) {
      const to = move(event, at, last, rows.page());
      if (to === undefined) return;
      target.current = to;
      focus.value = to;
      if (to.row > 0) rows.reveal(to.row - 1);
      if (scroller.current !== null) revealColumn(scroller.current, heads, to.column);
    }
    event.preventDefault();
  }

  function lineKey(event: KeyboardEvent, cell: HTMLElement): boolean {
    const line = lines[at.row - 1];
    if (line?.kind !== 'row') return false;
    const menu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    if (event.key === ' ') actions.toggleChosen(line.row.key);
    else if (event.key === 'Enter' && line.opened !== undefined) actions.toggleOpened(line.row.key);
    else if (menu || event.key === 'Enter') {
      const { left, bottom } = cell.getBoundingClientRect();
      onMenu(line.row, { left, top: bottom });
    } else return false;
    return true;
  }

  const template = heads.map((head) => `${head.width}px`).join(' ');
  const total = heads.reduce((sum, head) => sum + head.width, 0);
  return (
    <div
      ref={scroller}
      class="table"
      role={state.by === 'recipes' ? 'treegrid' : 'grid'}
      aria-label={state.by === 'recipes' ? l10n.t('Recipes') : l10n.t('Runs')}
      aria-rowcount={lines.length + 1}
      aria-colcount={heads.length}
      aria-multiselectable="true"
      onKeyDown={key}
      onFocusIn={({ target: focused }) => {
        const place = (focused as HTMLElement).closest<HTMLElement>('[data-cell]')?.dataset['cell']?.split(':');
        if (place !== undefined) focus.value = { row: Number(place[0]), column: Number(place[1]) };
      }}
      style={{ '--template': template, '--total': `${total}px` }}
    >
      <HeadRow
        heads={seen}
        sort={state.sort}
        stop={stop === 0 ? stopColumn : undefined}
        onSort={sort}
        onResize={actions.resize}
      />
      <div ref={body} class="lines" role="rowgroup" style={{ height: `${rows.total}px` }}>
        {rows.items.map(({ index, start }) => {
          const line = lines[index];
          return (
            line !== undefined && (
              <LineRow
                key={index}
                line={line}
                index={index}
                start={start}
                heads={seen}
                at={state.at}
                stop={stop === index + 1 ? stopColumn : undefined}
                runs={table.runs.value}
                chosen={line.kind === 'row' && table.chosen.value.has(line.row.key)}
                actions={actions}
                onMenu={onMenu}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
