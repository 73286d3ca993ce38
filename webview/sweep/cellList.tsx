/** The cells of a sweep, of which only those in sight exist. */
import * as l10n from '@vscode/l10n';
import { useRef, useState } from 'preact/hooks';
import type { ShownCell } from '../../src/protocol/sweepPanel';
import { useRowKeys } from '../list/rowKeys';
import { useVirtualRows } from '../list/virtualRows';
import { useWidth } from '../list/useWidth';
import { CellRow, type CellActions } from './cellRow';
import { waitsHere } from './cellText';
import { cellKey } from './keys';

export interface CellListProperties {
  /** Those that are shown. */
  readonly cells: readonly ShownCell[];
  /** The id of the cell whose details are open. */
  readonly open: string | undefined;
  readonly trusted: boolean;
  readonly actions: CellActions;
}

const ROW = 34;
/** Where there is less room than the columns take, gaps and edges included, a row has two lines. */
const NARROW_ROW = 56;
const NARROW = 854;
const HEADS = 28;

export function CellList({ cells, open, trusted, actions }: CellListProperties) {
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<string>();
  const narrow = useWidth(scroller) < NARROW;
  const rows = useVirtualRows({
    count: cells.length,
    size: narrow ? NARROW_ROW : ROW,
    scroller,
    covered: narrow ? 0 : HEADS,
    body,
    overscan: 6,
  });
  const keys = useRowKeys(rows, cells.length, body);

  function onKeyDown(event: KeyboardEvent): void {
    const cell = cells[keys.current];
    // A button in the row has keys of its own.
    const inButton = event.target instanceof HTMLElement && event.target.closest('vscode-button') !== null;
    if (inButton && (event.key === 'Enter' || event.key === ' ')) return;
    if ((cell !== undefined && cellKey(event, cell, trusted, actions)) || keys.move(event)) event.preventDefault();
  }

  return (
    <div
      class={narrow ? 'cells narrow' : 'cells'}
      ref={scroller}
      role="table"
      aria-label={l10n.t('Cells of the sweep')}
      aria-rowcount={cells.length + 1}
    >
      <div>
        <Heads />
        <div class="cell-rows" role="rowgroup" ref={body} style={{ height: `${rows.total}px` }} onKeyDown={onKeyDown}>
          {rows.items.map(({ index, start }) => {
            const cell = cells[index];
            if (cell === undefined) return null;
            const movable = waitsHere(cell) && trusted;
            const classes = [
              'cell-row',
              cell.state,
              cell.id === open ? 'open' : '',
              cell.id === dragged ? 'dragged' : '',
            ];
            return (
              <div
                key={cell.id}
                class={classes.join(' ')}
                role="row"
                aria-rowindex={index + 2}
                style={{ top: `${start}px` }}
                {...keys.row(index)}
                draggable={movable}
                onDragStart={() => setDragged(cell.id)}
                onDragEnd={() => setDragged(undefined)}
                onDragOver={(event) => {
                  if (dragged !== undefined && movable) event.preventDefault();
                }}
                onDrop={() => {
                  if (dragged !== undefined) actions.drop(dragged, cell.id);
                }}
                onDblClick={() => actions.toggle(cell)}
              >
                <CellRow cell={cell} trusted={trusted} actions={actions} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Heads() {
  const heads = [
    l10n.t('State'),
    l10n.t('Recipe'),
    l10n.t('Seed'),
    l10n.t('Progress'),
    l10n.t('Accuracy'),
    l10n.t('Time left'),
    l10n.t('Actions'),
  ];
  return (
    <div class="cell-heads" role="row">
      {heads.map((head) => (
        <span key={head} role="columnheader">
          {head}
        </span>
      ))}
    </div>
  );
}
