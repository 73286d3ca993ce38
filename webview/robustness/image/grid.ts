/** The grid of the clean image and each round of each perturbation, by checkpoints. */
import type { CheckpointInfo } from '../../../src/protocol/panelView';
import { h } from '../../common/dom';
import { move } from '../../common/gridKeys';
import { createPictureStack } from '../../common/heat/pictureStack';
import { accuracyBelow, checkpointTitle } from '../../common/checkpointText';
import { createCell, pictureOf, type Cell } from './cell';
import { scalesOf, type ImageState, type ImageRow } from './imageState';
import { roundText, rowText } from './words';

export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

export interface Grid {
  readonly element: HTMLElement;
  show(of: ImageState, computing: boolean): void;
  focus(place: CellPlace): void;
}

interface Row {
  readonly element: HTMLElement;
  readonly head: HTMLElement;
  readonly cells: readonly Cell[];
}

/** The step of Page Up and Page Down: about the visible rows. */
const PAGE = 3;

export function createGrid(onOpen: (place: CellPlace) => void): Grid {
  const grid = h('div', {
    class: 'sights',
    role: 'grid',
    'aria-label': 'The image under perturbations, by checkpoints',
  });
  const element = h('div', { class: 'scroller' }, grid);
  let rows: Row[] = [];
  let shape = '';
  /** The tab stop of the grid. */
  let current: CellPlace = { row: 0, column: 0 };

  function cellAt({ row, column }: CellPlace): HTMLElement | undefined {
    return rows[row]?.cells[column]?.element;
  }

  function setCurrent(place: CellPlace): void {
    cellAt(current)?.setAttribute('tabindex', '-1');
    current = place;
    cellAt(current)?.setAttribute('tabindex', '0');
  }

  function focus(place: CellPlace): void {
    setCurrent(place);
    cellAt(place)?.focus();
  }

  function build({ rows: shown, model }: ImageState): void {
    const had = grid.contains(document.activeElement);
    const { checkpoints } = model;
    rows = shown.map((row, index) => {
      const head = h('div', { class: 'sight-head', role: 'rowheader' });
      const cells = checkpoints.map(({ epoch }, column) => placed(createCell(epoch), { row: index, column }));
      const line = h(
        'div',
        { class: `sight-row ${row.kind}`, role: 'row' },
        head,
        ...cells.map((cell) => cell.element),
      );
      return { element: line, head, cells };
    });
    const heads = checkpoints.map(columnHead);
    const corner = h('div', { class: 'corner', role: 'columnheader' }, 'Round');
    grid.replaceChildren(
      h('div', { class: 'sight-row heads', role: 'row' }, corner, ...heads),
      ...rows.map((row) => row.element),
    );
    setCurrent({
      row: Math.min(current.row, Math.max(rows.length - 1, 0)),
      column: Math.min(current.column, Math.max(checkpoints.length - 1, 0)),
    });
    if (had) focus(current);
  }

  function placed(cell: Cell, place: CellPlace): Cell {
    cell.element.addEventListener('focus', () => setCurrent(place));
    cell.element.addEventListener('click', () => {
      setCurrent(place);
      onOpen(place);
    });
    return cell;
  }

  grid.addEventListener('keydown', (event) => {
    if (!(event.target instanceof HTMLElement) || event.target.role !== 'gridcell') return;
    const last = { row: rows.length - 1, column: (rows[0]?.cells.length ?? 1) - 1 };
    const next = move(event, current, last, PAGE);
    if (next !== undefined) focus(next);
    else if (event.key === 'Enter' || event.key === ' ') event.target.click();
    else return;
    event.preventDefault();
  });

  return {
    element,
    focus,
    show(of, computing) {
      const { look } = of.model.state;
      grid.style.setProperty('--heat-opacity', String(look.opacity));
      grid.style.setProperty('--cell', `${look.cellSize}px`);
      grid.dataset['blending'] = look.blending;
      grid.classList.toggle('squares', !look.smooth);
      grid.classList.toggle('small', look.cellSize < 150);
      const nextShape = JSON.stringify([of.rows.map(rowText), of.model.checkpoints]);
      if (nextShape !== shape) build(of);
      shape = nextShape;
      const scaleOf = scalesOf(of);
      of.rows.forEach((row, index) => {
        const scale = scaleOf(row);
        drawHead(rows[index]?.head as HTMLElement, of, row);
        for (const cell of rows[index]?.cells ?? []) cell.draw(of, row, scale, computing);
      });
    },
  };
}

function columnHead(checkpoint: CheckpointInfo): HTMLElement {
  return h(
    'div',
    { class: 'sight-column', role: 'columnheader', title: checkpointTitle(checkpoint) },
    h('span', { class: 'epoch' }, checkpoint.name),
    h('span', { class: 'accuracy muted' }, accuracyBelow(checkpoint, '–')),
  );
}

function drawHead(head: HTMLElement, of: ImageState, row: ImageRow): void {
  const picture = pictureOf(of, row);
  const key = `${of.image} ${row.key} ${picture !== undefined}`;
  if (head.dataset['drawn'] === key) return;
  head.dataset['drawn'] = key;
  const stack = createPictureStack('thumbnail');
  stack.element.setAttribute('aria-hidden', 'true');
  if (picture !== undefined) stack.show(picture);
  const [title, below] = row.kind === 'clean' ? ['Clean', 'as it is'] : [row.entry.title, roundText(of, row.at)];
  head.replaceChildren(
    ...(picture === undefined ? [] : [stack.element]),
    h('span', { class: 'head-title' }, title),
    h('span', { class: 'muted' }, below),
  );
}
