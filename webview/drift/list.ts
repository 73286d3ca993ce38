/** The list of images, sortable by their measurements. Only the visible rows exist. */
import type { AttentionImage } from '../../src/protocol/engine';
import { h, setAttribute } from '../common/dom';
import type { Results } from '../common/heat/results';
import { createRowsInSight } from '../common/rowsInSight';
import { visibleWindow } from '../common/visibleWindow';
import { fittingEpochs } from './fitting';
import type { DriftState } from './driftState';
import { COLUMNS, createRow, type Row } from './row';
import { sortedImages } from './sorting';
import type { Choice, SortKey } from './savedState';

export interface ListOptions {
  readonly onSort: (sort: Choice['sort']) => void;
  /** Other rows are visible. */
  readonly onSight: () => void;
  readonly onOpen: (image: AttentionImage) => void;
}

export interface List {
  readonly element: HTMLElement;
  update(model: DriftState, results: Results): void;
  draw(): void;
  /** The visible images by their index in the answer, and the epochs whose heatmaps are shown. */
  readonly inSight: { readonly images: readonly number[]; readonly epochs: readonly number[] };
}

const ROW = 68;
const FRAME = 48;
const NARROW_BELOW = 760;

/** @param scroller the element that scrolls the list together with what is above it */
export function createList(scroller: HTMLElement, { onSort, onSight, onOpen }: ListOptions): List {
  const body = h('div', { class: 'rows', role: 'rowgroup' });
  const heads = [{ key: 'image' as SortKey, text: 'Image', title: 'In the order they are named' }, ...COLUMNS].map(
    ({ key, text, title }) => {
      const press = h('button', { class: 'sort', title });
      press.addEventListener('click', () => {
        if (model === undefined) return;
        const { sort } = model.choice;
        onSort({ key, descending: sort.key === key && !sort.descending });
      });
      const element = h('span', { class: `head ${key === 'image' ? 'image' : 'value'}`, role: 'columnheader' }, press);
      return { key, text, press, element };
    },
  );
  const [imageHead, ...valueHeads] = heads;
  const head = h(
    'div',
    { class: 'heads', role: 'row' },
    imageHead?.element,
    h(
      'span',
      {
        class: 'spark',
        role: 'columnheader',
        title: 'Rank correlation with the last epoch’s heatmap, −1 to 1; dashed is 0.8',
      },
      'Like the last',
    ),
    h('span', { class: 'epochs', role: 'columnheader' }, 'Heatmaps by epoch'),
    ...valueHeads.map(({ element }) => element),
  );
  const element = h('div', { class: 'images', role: 'table', 'aria-label': 'Images' }, head, body);
  let model: DriftState | undefined;
  let results: Results | undefined;
  let order: number[] = [];
  let shape = '';
  let frame = 0;

  const sight = () => visibleWindow(scroller.scrollTop - body.offsetTop, scroller.clientHeight, ROW, order.length, 2);
  const imageAt = (position: number): AttentionImage | undefined =>
    model?.measured?.attention.images[order[position] ?? -1];
  const rows = createRowsInSight({
    body,
    make,
    reveal,
    rowHeight: () => ROW,
    count: () => order.length,
    page: () => Math.max(1, Math.floor(scroller.clientHeight / ROW) - 1),
  });

  function epochs(): number[] {
    const all = model?.measured?.attention.epochs.map(({ epoch }) => epoch) ?? [];
    const width = head.querySelector<HTMLElement>('.epochs')?.clientWidth ?? 0;
    return fittingEpochs(all, Math.floor(width / FRAME));
  }

  function draw(): void {
    cancelAnimationFrame(frame);
    frame = 0;
    const shown = epochs();
    rows.show(sight(), (row) => {
      if (model !== undefined && results !== undefined) row.draw(results, shown, model.choice.target);
    });
  }

  function make(position: number): Row | undefined {
    const image = imageAt(position);
    if (image === undefined) return undefined;
    const row = createRow(image, model?.view.classNames ?? []);
    row.element.setAttribute('aria-rowindex', String(position + 2));
    row.element.addEventListener('dblclick', () => onOpen(image));
    return row;
  }

  /** Below the head, which is sticky. */
  function reveal(top: number, bottom: number): void {
    const above = body.offsetTop + top - head.clientHeight;
    const below = body.offsetTop + bottom - scroller.clientHeight;
    if (above < scroller.scrollTop) scroller.scrollTop = above;
    if (below > scroller.scrollTop) scroller.scrollTop = below;
    draw();
  }

  body.addEventListener('keydown', (event) => {
    const to = rows.target(event.key);
    const image = imageAt(rows.current);
    if (to !== undefined) rows.focus(to);
    else if (event.key === 'Enter' && image !== undefined) onOpen(image);
    else return;
    event.preventDefault();
  });
  scroller.addEventListener('scroll', () => {
    if (frame === 0) frame = requestAnimationFrame(draw);
    onSight();
  });
  new ResizeObserver(() => {
    element.classList.toggle('narrow', scroller.clientWidth < NARROW_BELOW);
    draw();
    onSight();
  }).observe(scroller);

  function showSort({ sort }: Choice, hasMasks: boolean): void {
    for (const { key, text, press, element: cell } of heads) {
      const isSorted = sort.key === key;
      press.textContent = `${text}${isSorted ? (sort.descending ? ' ↓' : ' ↑') : ''}`;
      setAttribute(cell, 'aria-sort', isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none');
    }
    element.classList.toggle('no-masks', !hasMasks);
  }

  return {
    element,
    draw,
    update(next, nextResults) {
      const attention = next.measured?.attention;
      const otherAnswer = model?.measured !== next.measured;
      model = next;
      results = nextResults;
      showSort(next.choice, attention !== undefined && attention.maskArea !== null);
      const nextShape = JSON.stringify(next.choice.sort);
      if (otherAnswer || nextShape !== shape) {
        shape = nextShape;
        order = attention === undefined ? [] : sortedImages(attention.images, next.choice.sort);
        rows.clear();
        rows.current = 0;
        body.style.height = `${order.length * ROW}px`;
        element.setAttribute('aria-rowcount', String(order.length + 1));
      }
      draw();
    },
    get inSight() {
      const { from, to } = sight();
      return { images: order.slice(from, to), epochs: epochs() };
    },
  };
}
