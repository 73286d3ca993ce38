/** The grid of images as rows and checkpoints as columns. Only what is in sight exists. */
import { signal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { TargetedEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { move, type Position } from '../common/gridKeys';
import { useVirtualRows, type VirtualRows } from '../list/virtualRows';
import { comparedText } from './compared';
import { GridHead } from './gridHead';
import { GridRow } from './gridRow';
import type { HeatmapsState } from './heatmapsState';
import { layoutOf, revealing, type Layout } from './layout';
import { look, open, openLarge, page, point } from './page';
import type { CellPlace } from './settings';
import './style/grid.css';

const narrow = matchMedia('(max-width: 559px)');
/** Whether the panel is too narrow for wide heads of rows. */
const isNarrow = signal(narrow.matches);
narrow.addEventListener('change', () => (isNarrow.value = narrow.matches));

export function Grid({ state }: { readonly state: HeatmapsState }) {
  const { rows: places, checkpoints, view } = state;
  const cellSize = useComputed(() => look.appearance.value.cellSize);
  const layout = layoutOf(cellSize.value, isNarrow.value);
  const scroller = useRef<HTMLDivElement>(null);
  const current = useSignal<Position>({ row: 0, column: 0 });
  const wantsFocus = useRef(false);
  const sight = { scroller, overscan: 1 };
  const rows = inSight(useVirtualRows({ ...sight, count: places.length, size: layout.rowHeight }));
  const columns = inSight(
    useVirtualRows({ ...sight, count: checkpoints.length, size: layout.columnWidth, horizontal: true }),
  );
  const last = { row: Math.max(places.length - 1, 0), column: Math.max(checkpoints.length - 1, 0) };
  const at = {
    row: Math.min(current.value.row, last.row),
    column: Math.min(current.value.column, last.column),
  };
  const placeOf = ({ row, column }: Position): CellPlace => ({
    ...(places[row] ?? { image: '', method: 0 }),
    epoch: checkpoints[column]?.epoch ?? 0,
  });

  function focusOn(to: Position): void {
    wantsFocus.current = true;
    current.value = to;
    if (scroller.current !== null) scroller.current.scrollTo(revealing(to, layout, scroller.current));
  }

  // It may only now be there.
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    cellAt(scroller.current, at)?.focus({ preventScroll: true });
  });
  useLayoutEffect(() => scroller.current?.scrollTo(page.state.peek().scroll), []);
  useKeptRow(scroller, layout.rowHeight);
  useClosed(({ image, method, epoch }) => {
    const row = places.findIndex((each) => each.image === image && each.method === method);
    const to = { row, column: checkpoints.findIndex((each) => each.epoch === epoch) };
    if (to.row >= 0 && to.column >= 0) focusOn(to);
  });

  function onKeyDown(event: KeyboardEvent): void {
    const cell = positionOf(event);
    if (cell === undefined) return;
    const page = Math.floor(((scroller.current?.clientHeight ?? 0) - layout.headHeight) / layout.rowHeight);
    const to = move(event, cell, last, Math.max(page, 1));
    const opens = event.key === 'Enter' || event.key === ' ';
    if (to === undefined && !opens) return;
    event.preventDefault();
    if (to !== undefined) focusOn(to);
    else openLarge(placeOf(cell));
  }

  function onPoint(event: Event): void {
    const cell = positionOf(event);
    if (cell !== undefined) point.value = placeOf(cell);
  }

  const shownRows = Array.from({ length: rows.to - rows.from }, (_, place) => rows.from + place);
  // The tab stop stays, so that the focus does.
  if (!shownRows.includes(at.row)) shownRows.push(at.row);
  return (
    <div
      ref={scroller}
      class="scroller"
      onScroll={({ currentTarget }) =>
        page.keep({ scroll: { left: currentTarget.scrollLeft, top: currentTarget.scrollTop } })
      }
      onPointerLeave={() => (point.value = undefined)}
    >
      <div
        class={layout.isCompact ? 'grid compact' : 'grid'}
        role="grid"
        aria-label={gridName(state)}
        aria-rowcount={places.length + 1}
        aria-colcount={checkpoints.length + 1}
        style={measuresOf(layout, state)}
        onKeyDown={onKeyDown}
        onPointerOver={onPoint}
        onFocusIn={(event) => {
          onPoint(event);
          current.value = positionOf(event) ?? current.peek();
        }}
        onClick={(event) => {
          const cell = positionOf(event);
          if (cell !== undefined) openLarge(placeOf(cell));
        }}
      >
        <GridHead state={state} isCompact={layout.isCompact} />
        <div class="body" role="rowgroup">
          {shownRows.map((row) => (
            <GridRow
              key={`${view.run} ${Object.values(places[row] ?? {}).join(' ')}`}
              state={state}
              row={row}
              from={columns.from}
              to={columns.to}
              kept={row === at.row ? at.column : undefined}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function gridName(state: HeatmapsState): string {
  const compared = comparedText(state);
  if (compared !== undefined) return l10n.t('Differences of heatmaps: images by checkpoints. {0}', compared);
  return state.explanations.length > 1
    ? l10n.t('Heatmaps: images and methods by checkpoints')
    : l10n.t('Heatmaps: images by checkpoints');
}

/** The rows or columns in sight, half-open. */
function inSight({ items }: VirtualRows): { readonly from: number; readonly to: number } {
  return { from: items[0]?.index ?? 0, to: (items.at(-1)?.index ?? -1) + 1 };
}

/** The cells are placed by the style sheet, so that a drag of the size slider renders none of them. */
function measuresOf(layout: Layout, { rows, checkpoints }: HeatmapsState): Record<string, string> {
  return {
    '--cell': `${layout.cell}px`,
    '--column-width': `${layout.columnWidth}px`,
    '--row-height': `${layout.rowHeight}px`,
    '--name-width': `${layout.nameWidth}px`,
    '--head-height': `${layout.headHeight}px`,
    '--rows': String(rows.length),
    '--columns': String(checkpoints.length),
  };
}

/** The cell that an event comes from, by the numbers that assistive technology is told, too. */
function positionOf({ target }: Event | TargetedEvent): Position | undefined {
  const cell = target instanceof Element ? target.closest('[role="gridcell"]') : null;
  const row = cell?.closest('[role="row"]');
  if (cell === null || row === null || row === undefined) return undefined;
  return { row: Number(row.ariaRowIndex) - 2, column: Number(cell.ariaColIndex) - 2 };
}

function cellAt(scroller: HTMLElement | null, { row, column }: Position): HTMLElement | null | undefined {
  return scroller?.querySelector<HTMLElement>(
    `[aria-rowindex="${row + 2}"] > [role="gridcell"][aria-colindex="${column + 2}"]`,
  );
}

/** The row at the top stays there when all get another height. */
function useKeptRow(scroller: { readonly current: HTMLElement | null }, rowHeight: number): void {
  const before = useRef(rowHeight);
  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop *= rowHeight / before.current;
    before.current = rowHeight;
  }, [rowHeight]);
}

function useClosed(onClosed: (place: CellPlace) => void): void {
  const before = useRef<CellPlace | null>(null);
  useSignalEffect(() => {
    const closed = before.current;
    before.current = open.value;
    if (closed !== null && open.value === null) onClosed(closed);
  });
}
