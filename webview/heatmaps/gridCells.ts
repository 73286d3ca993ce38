/** The existing rows and cells of the grid: the visible ones. One of them is the tab stop. */
import { h } from '../common/dom';
import type { Position } from '../common/gridKeys';
import { insertInOrder } from '../common/insertInOrder';
import type { Window } from '../common/visibleWindow';
import { createCell, type Cell } from './cell';
import type { Layout } from './layout';
import { createRowHead, type RowHead } from './rowHead';

export interface GridRow {
  readonly element: HTMLElement;
  readonly head: RowHead;
  /** By column: the cells that were visible since the row was made. */
  readonly cells: Map<number, Cell>;
}

export interface GridCells {
  /** Creates the row if it does not exist. */
  row(index: number, image: string): GridRow;
  /** Creates the cell if it does not exist. */
  cell(row: GridRow, at: Position, shows: { readonly image: string; readonly epoch: number }): Cell;
  elementAt(at: Position): HTMLElement | undefined;
  /** Removes invisible rows, except one with the focus. */
  keepOnly(rows: Window): void;
  clear(): void;
  /** The tab stop. */
  readonly current: Position;
  setCurrent(at: Position): void;
  /** Positions everything by the layout. */
  place(): void;
}

export interface GridCellsOptions {
  readonly body: HTMLElement;
  readonly layout: () => Layout;
  readonly onOpen: (at: Position) => void;
  /** The cell with the focus or the pointer. */
  readonly onPoint: (at: Position) => void;
}

export function createGridCells({ body, layout, onOpen, onPoint }: GridCellsOptions): GridCells {
  const rows = new Map<number, GridRow>();
  let current: Position = { row: 0, column: 0 };

  const elementAt = ({ row, column }: Position): HTMLElement | undefined => rows.get(row)?.cells.get(column)?.element;
  const topOf = (index: number): string => `${index * layout().rowHeight}px`;
  const leftOf = (column: number): string => `${layout().nameWidth + column * layout().columnWidth}px`;

  function setCurrent(at: Position): void {
    elementAt(current)?.setAttribute('tabindex', '-1');
    current = at;
    elementAt(at)?.setAttribute('tabindex', '0');
  }

  function makeRow(index: number, image: string): GridRow {
    const head = createRowHead(image);
    head.element.setAttribute('aria-colindex', '1');
    const element = h('div', { class: 'row', role: 'row', 'aria-rowindex': index + 2 }, head.element);
    element.style.top = topOf(index);
    const row: GridRow = { element, head, cells: new Map() };
    rows.set(index, row);
    insertInOrder(body, rows, index);
    return row;
  }

  function makeCell(row: GridRow, at: Position, image: string, epoch: number): Cell {
    const cell = createCell(image, epoch);
    const { element } = cell;
    element.setAttribute('aria-colindex', String(at.column + 2));
    element.style.left = leftOf(at.column);
    element.tabIndex = at.row === current.row && at.column === current.column ? 0 : -1;
    element.addEventListener('click', () => {
      setCurrent(at);
      onOpen(at);
    });
    element.addEventListener('focus', () => {
      setCurrent(at);
      onPoint(at);
    });
    element.addEventListener('pointerenter', () => onPoint(at));
    row.cells.set(at.column, cell);
    insertInOrder(row.element, row.cells, at.column);
    return cell;
  }

  return {
    elementAt,
    setCurrent,
    row: (index, image) => rows.get(index) ?? makeRow(index, image),
    cell: (row, at, { image, epoch }) => row.cells.get(at.column) ?? makeCell(row, at, image, epoch),
    keepOnly({ from, to }) {
      for (const [index, { element }] of rows) {
        if ((index >= from && index < to) || element.contains(document.activeElement)) continue;
        element.remove();
        rows.delete(index);
      }
    },
    clear() {
      for (const { element } of rows.values()) element.remove();
      rows.clear();
    },
    get current() {
      return current;
    },
    place() {
      for (const [index, { element, cells }] of rows) {
        element.style.top = topOf(index);
        for (const [column, cell] of cells) cell.element.style.left = leftOf(column);
      }
    },
  };
}
