/**
 * The grid of images as rows and checkpoints as columns. Only visible cells exist; they are drawn once a frame at most.
 */
import { h } from '../common/dom';
import { columnHead } from './columnHead';
import { move, type Position } from '../common/gridKeys';
import { visibleWindow, type Window } from '../common/visibleWindow';
import { createGridCells } from './gridCells';
import { layoutOf, type Layout } from './layout';
import { scales, shownCell, type HeatmapsState } from './heatmapsState';

export interface CellPlace {
  readonly image: string;
  readonly epoch: number;
}

export interface GridOptions {
  readonly onOpen: (place: CellPlace) => void;
  /** The cell with the focus or the pointer, if any. */
  readonly onPoint: (place: CellPlace | undefined) => void;
  readonly onScroll: (position: { left: number; top: number }) => void;
}

export interface Grid {
  readonly element: HTMLElement;
  /** Shows another state; if its shape is the same, only differences are drawn. */
  show(model: HeatmapsState, computing: boolean): void;
  focus(place?: CellPlace): void;
  scrollTo(position: { left: number; top: number }): void;
}

export function createGrid(options: GridOptions): Grid {
  const head = h('div', { class: 'head', role: 'row', 'aria-rowindex': 1 });
  const body = h('div', { class: 'body', role: 'rowgroup' });
  const grid = h('div', { class: 'grid', role: 'grid', 'aria-label': 'Heatmaps: images by checkpoints' }, head, body);
  const element = h('div', { class: 'scroller' }, grid);
  let model: HeatmapsState | undefined;
  let computing = false;
  let layout: Layout = layoutOf(112, 1024);
  let shape = '';
  let frame = 0;
  const cells = createGridCells({
    body,
    layout: () => layout,
    onOpen: (at) => tell(options.onOpen, at),
    onPoint: (at) => tell(options.onPoint, at),
  });

  function tell(listener: (place: CellPlace) => void, { row, column }: Position): void {
    const [image, checkpoint] = [model?.images[row], model?.checkpoints[column]];
    if (image !== undefined && checkpoint !== undefined) listener({ image, epoch: checkpoint.epoch });
  }

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
    cells.keepOnly(shownRows);
    for (let index = shownRows.from; index < shownRows.to; index++) drawRow(model, index, columns, scaleOf);
  }

  function drawRow(of: HeatmapsState, index: number, columns: Window, scaleOf: ReturnType<typeof scales>): void {
    const image = of.images[index] ?? '';
    const row = cells.row(index, image);
    row.head.draw(of);
    const scale = scaleOf(image);
    const pending = computing && of.results.image(image)?.usable !== false;
    for (let column = columns.from; column < columns.to; column++) {
      const epoch = of.checkpoints[column]?.epoch ?? 0;
      const cell = cells.cell(row, { row: index, column }, { image, epoch });
      cell.draw(of, shownCell(of, image, epoch), scale, pending);
    }
  }

  /** Scrolls a cell out from under the sticky parts, draws it and focuses it. */
  function focusAt({ row, column }: Position): void {
    cells.setCurrent({ row, column });
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
    cells.elementAt({ row, column })?.focus({ preventScroll: true });
  }

  function visibleColumns({ checkpoints }: HeatmapsState): Window {
    const width = element.clientWidth - layout.nameWidth;
    return visibleWindow(element.scrollLeft, width, layout.columnWidth, checkpoints.length, 1);
  }

  function visibleRows({ images }: HeatmapsState): Window {
    const height = element.clientHeight - layout.headHeight;
    return visibleWindow(element.scrollTop, height, layout.rowHeight, images.length, 1);
  }

  function rebuild(of: HeatmapsState): void {
    const hadFocus = grid.contains(document.activeElement);
    cells.clear();
    grid.setAttribute('aria-rowcount', String(of.images.length + 1));
    grid.setAttribute('aria-colcount', String(of.checkpoints.length + 1));
    head.replaceChildren(
      h('div', { class: 'corner', role: 'columnheader', 'aria-colindex': 1 }, 'Image'),
      ...of.checkpoints.map((checkpoint, column) => columnHead(checkpoint, column, of.view.training)),
    );
    cells.setCurrent({
      row: Math.min(cells.current.row, Math.max(of.images.length - 1, 0)),
      column: Math.min(cells.current.column, Math.max(of.checkpoints.length - 1, 0)),
    });
    place(of);
    draw();
    if (hadFocus) focusAt(cells.current);
  }

  /** Positions everything by the layout. */
  function place({ images, checkpoints }: HeatmapsState): void {
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
    cells.place();
  }

  function show(next: HeatmapsState, isComputing: boolean): void {
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
      // The row at the top stays there.
      element.scrollTop *= layout.rowHeight / before.rowHeight;
    }
    invalidate();
  }

  grid.addEventListener('keydown', (event) => {
    if (model === undefined || !(event.target instanceof HTMLElement) || event.target.role !== 'gridcell') return;
    const page = Math.max(Math.floor((element.clientHeight - layout.headHeight) / layout.rowHeight), 1);
    const last = { row: model.images.length - 1, column: model.checkpoints.length - 1 };
    const next = move(event, cells.current, last, page);
    if (next !== undefined) {
      event.preventDefault();
      focusAt(next);
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
    focus(at) {
      const row = model?.images.indexOf(at?.image ?? '') ?? -1;
      const column = model?.checkpoints.findIndex(({ epoch }) => epoch === at?.epoch) ?? -1;
      focusAt({ row: row === -1 ? cells.current.row : row, column: column === -1 ? cells.current.column : column });
    },
    scrollTo({ left, top }) {
      element.scrollLeft = left;
      element.scrollTop = top;
    },
  };
}
