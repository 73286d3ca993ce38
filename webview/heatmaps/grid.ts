/** Images as rows, checkpoints as columns. Only what is visible exists, and is drawn once a frame at most. */
import { h } from '../common/dom';
import { createCell, type Cell } from './cell';
import { columnHead } from './columnHead';
import { move } from '../common/gridKeys';
import { visibleWindow, type Window } from '../common/visibleWindow';
import { layoutOf, type Layout } from './layout';
import { scales, shownCell, type Model } from './model';
import { createRowHead, type RowHead } from './rowHead';

export interface CellPlace {
  readonly image: string;
  readonly epoch: number;
}

export interface GridOptions {
  readonly onOpen: (place: CellPlace) => void;
  /** The focus or the pointer is on this cell, or on none. */
  readonly onPoint: (place: CellPlace | undefined) => void;
  readonly onScroll: (position: { left: number; top: number }) => void;
}

export interface Grid {
  readonly element: HTMLElement;
  /** Shows another model; of the same shape, only what differs is touched. */
  show(model: Model, computing: boolean): void;
  /** Draws again before the next frame. */
  invalidate(): void;
  focus(place?: CellPlace): void;
  scrollTo(position: { left: number; top: number }): void;
  /** Draws now. */
  draw(): void;
}

interface Row {
  readonly element: HTMLElement;
  readonly head: RowHead;
  /** By column; those that were visible since the row was made. */
  readonly cells: Map<number, Cell>;
}

export function createGrid(options: GridOptions): Grid {
  const head = h('div', { class: 'head', role: 'row', 'aria-rowindex': 1 });
  const body = h('div', { class: 'body', role: 'rowgroup' });
  const grid = h('div', { class: 'grid', role: 'grid', 'aria-label': 'Heatmaps: images by checkpoints' }, head, body);
  const element = h('div', { class: 'scroller' }, grid);
  const rows = new Map<number, Row>();
  let model: Model | undefined;
  let computing = false;
  let layout: Layout = layoutOf(112, 1024);
  let shape = '';
  let frame = 0;
  /** Where Tab enters the grid. */
  let current = { row: 0, column: 0 };

  function invalidate(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  function draw(): void {
    cancelAnimationFrame(frame);
    frame = 0;
    if (model === undefined || element.clientHeight === 0) return;
    const scaleOf = scales(model);
    const columns = visibleColumns(model);
    const shownRows = visibleRows(model);
    for (const [index, { element: gone }] of rows) {
      if (index >= shownRows.from && index < shownRows.to) continue;
      if (gone.contains(document.activeElement)) continue;
      gone.remove();
      rows.delete(index);
    }
    for (let index = shownRows.from; index < shownRows.to; index++) drawRow(model, index, columns, scaleOf);
  }

  function drawRow(of: Model, index: number, columns: Window, scaleOf: ReturnType<typeof scales>): void {
    const image = of.images[index] ?? '';
    const row = rows.get(index) ?? makeRow(image, index);
    row.head.draw(of);
    const scale = scaleOf(image);
    const pending = computing && of.results.image(image)?.usable !== false;
    for (let column = columns.from; column < columns.to; column++) {
      const epoch = of.checkpoints[column]?.epoch ?? 0;
      const cell = row.cells.get(column) ?? makeCell(row, image, epoch, index, column);
      cell.draw(of, shownCell(of, image, epoch), scale, pending);
    }
  }

  function makeRow(image: string, index: number): Row {
    const rowHead = createRowHead(image);
    const rowElement = h('div', { class: 'row', role: 'row', 'aria-rowindex': index + 2 }, rowHead.element);
    rowHead.element.setAttribute('aria-colindex', '1');
    rowElement.style.top = `${index * layout.rowHeight}px`;
    const row: Row = { element: rowElement, head: rowHead, cells: new Map() };
    rows.set(index, row);
    // In order, for those who read the page by its order.
    const next = [...rows.keys()].filter((other) => other > index).sort((a, b) => a - b)[0];
    body.insertBefore(rowElement, next === undefined ? null : (rows.get(next)?.element ?? null));
    return row;
  }

  function makeCell(row: Row, image: string, epoch: number, index: number, column: number): Cell {
    const cell = createCell(image, epoch);
    const place = { image, epoch };
    const { element: target } = cell;
    target.setAttribute('aria-colindex', String(column + 2));
    target.style.left = `${layout.nameWidth + column * layout.columnWidth}px`;
    target.tabIndex = index === current.row && column === current.column ? 0 : -1;
    target.addEventListener('click', () => {
      setCurrent(index, column);
      options.onOpen(place);
    });
    target.addEventListener('focus', () => {
      setCurrent(index, column);
      options.onPoint(place);
    });
    target.addEventListener('pointerenter', () => options.onPoint(place));
    row.cells.set(column, cell);
    const next = [...row.cells.keys()].filter((other) => other > column).sort((a, b) => a - b)[0];
    row.element.insertBefore(target, next === undefined ? null : (row.cells.get(next)?.element ?? null));
    return cell;
  }

  function cellAt(row: number, column: number): HTMLElement | undefined {
    return rows.get(row)?.cells.get(column)?.element;
  }

  function setCurrent(row: number, column: number): void {
    const before = cellAt(current.row, current.column);
    if (before !== undefined) before.tabIndex = -1;
    current = { row, column };
    const after = cellAt(row, column);
    if (after !== undefined) after.tabIndex = 0;
  }

  /** Brings a cell into view from under the sticky parts, draws it and gives it the focus. */
  function focusAt(row: number, column: number): void {
    setCurrent(row, column);
    const [top, left] = [row * layout.rowHeight, column * layout.columnWidth];
    const height = element.clientHeight - layout.headHeight;
    const width = element.clientWidth - layout.nameWidth;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + layout.rowHeight > element.scrollTop + height) element.scrollTop = top + layout.rowHeight - height;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (left + layout.columnWidth > element.scrollLeft + width) {
      element.scrollLeft = left + layout.columnWidth - width;
    }
    draw();
    cellAt(row, column)?.focus({ preventScroll: true });
  }

  function visibleColumns({ checkpoints }: Model): Window {
    const width = element.clientWidth - layout.nameWidth;
    return visibleWindow(element.scrollLeft, width, layout.columnWidth, checkpoints.length, 1);
  }

  function visibleRows({ images }: Model): Window {
    const height = element.clientHeight - layout.headHeight;
    return visibleWindow(element.scrollTop, height, layout.rowHeight, images.length, 1);
  }

  function rebuild(of: Model): void {
    const hadFocus = grid.contains(document.activeElement);
    for (const { element: row } of rows.values()) row.remove();
    rows.clear();
    grid.setAttribute('aria-rowcount', String(of.images.length + 1));
    grid.setAttribute('aria-colcount', String(of.checkpoints.length + 1));
    head.replaceChildren(
      h('div', { class: 'corner', role: 'columnheader', 'aria-colindex': 1 }, 'Image'),
      ...of.checkpoints.map((checkpoint, column) => columnHead(checkpoint, column, of.view.training)),
    );
    current = {
      row: Math.min(current.row, Math.max(of.images.length - 1, 0)),
      column: Math.min(current.column, Math.max(of.checkpoints.length - 1, 0)),
    };
    place(of);
    draw();
    if (hadFocus) focusAt(current.row, current.column);
  }

  /** Puts everything where the layout says. */
  function place({ images, checkpoints }: Model): void {
    const { cell, columnWidth, rowHeight, nameWidth, headHeight, compact } = layout;
    const measures = { cell, 'column-width': columnWidth, 'row-height': rowHeight, 'name-width': nameWidth };
    for (const [name, value] of Object.entries({ ...measures, 'head-height': headHeight })) {
      grid.style.setProperty(`--${name}`, `${value}px`);
    }
    grid.style.width = `${nameWidth + checkpoints.length * columnWidth}px`;
    body.style.height = `${images.length * rowHeight}px`;
    grid.classList.toggle('compact', compact);
    [...head.children].slice(1).forEach((child, column) => {
      (child as HTMLElement).style.left = `${nameWidth + column * columnWidth}px`;
    });
    for (const [index, row] of rows) {
      row.element.style.top = `${index * rowHeight}px`;
      for (const [column, { element: target }] of row.cells)
        target.style.left = `${nameWidth + column * columnWidth}px`;
    }
  }

  function show(next: Model, isComputing: boolean): void {
    model = next;
    computing = isComputing;
    const { settings } = next;
    grid.style.setProperty('--heat-opacity', String(settings.opacity));
    grid.dataset['blending'] = settings.blending;
    grid.classList.toggle('squares', !settings.smooth);
    const before = layout;
    layout = layoutOf(settings.cellSize, element.clientWidth);
    const nextShape = JSON.stringify([next.images, next.checkpoints, next.view.run, next.view.training]);
    if (nextShape !== shape) {
      shape = nextShape;
      rebuild(next);
      return;
    }
    if (JSON.stringify(before) !== JSON.stringify(layout)) {
      place(next);
      // What was at the top stays there.
      element.scrollTop *= layout.rowHeight / before.rowHeight;
    }
    invalidate();
  }

  grid.addEventListener('keydown', (event) => {
    if (model === undefined || !(event.target instanceof HTMLElement) || event.target.role !== 'gridcell') return;
    const page = Math.max(Math.floor((element.clientHeight - layout.headHeight) / layout.rowHeight), 1);
    const last = { row: model.images.length - 1, column: model.checkpoints.length - 1 };
    const next = move(event, current, last, page);
    if (next !== undefined) {
      event.preventDefault();
      focusAt(next.row, next.column);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      event.target.click();
    }
  });
  element.addEventListener('pointerleave', () => options.onPoint(undefined));
  element.addEventListener('scroll', () => {
    invalidate();
    options.onScroll({ left: element.scrollLeft, top: element.scrollTop });
  });
  new ResizeObserver(() => {
    if (model !== undefined) show(model, computing);
  }).observe(element);

  return {
    element,
    show,
    invalidate,
    draw,
    focus(at) {
      const row = model?.images.indexOf(at?.image ?? '') ?? -1;
      const column = model?.checkpoints.findIndex(({ epoch }) => epoch === at?.epoch) ?? -1;
      focusAt(row === -1 ? current.row : row, column === -1 ? current.column : column);
    },
    scrollTo({ left, top }) {
      element.scrollLeft = left;
      element.scrollTop = top;
    },
  };
}
