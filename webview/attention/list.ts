/** The images, sortable by what was measured of them. Only the rows in sight exist. */
import type { AttentionImage } from '../../src/protocol/attention';
import { h, setAttribute } from '../common/dom';
import type { Results } from '../common/heat/results';
import { visibleWindow } from '../common/visibleWindow';
import { fittingEpochs } from './fitting';
import type { Model } from './model';
import { COLUMNS, createRow, type Row } from './row';
import { sortedImages } from './sorting';
import type { Choice, SortKey } from './state';

export interface ListOptions {
  readonly onSort: (sort: Choice['sort']) => void;
  /** Other rows are in sight. */
  readonly onSight: () => void;
  readonly onOpen: (image: AttentionImage) => void;
}

export interface List {
  readonly element: HTMLElement;
  update(model: Model, results: Results): void;
  draw(): void;
  /** The images in sight by their place in the answer, and the epochs whose heatmaps are shown. */
  readonly inSight: { readonly images: readonly number[]; readonly epochs: readonly number[] };
}

const ROW = 68;
const FRAME = 48;
const NARROW_BELOW = 760;

/** @param scroller what scrolls the list together with what is above it */
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
  const rows = new Map<number, Row>();
  let model: Model | undefined;
  let results: Results | undefined;
  let order: number[] = [];
  let shape = '';
  let current = 0;
  let frame = 0;

  const sight = () => visibleWindow(scroller.scrollTop - body.offsetTop, scroller.clientHeight, ROW, order.length, 2);
  const images = (): readonly AttentionImage[] => model?.measured?.attention.images ?? [];

  function epochs(): number[] {
    const all = model?.measured?.attention.epochs.map(({ epoch }) => epoch) ?? [];
    const width = head.querySelector<HTMLElement>('.epochs')?.clientWidth ?? 0;
    return fittingEpochs(all, Math.floor(width / FRAME));
  }

  function draw(): void {
    cancelAnimationFrame(frame);
    frame = 0;
    const { from, to } = sight();
    for (const [position, row] of rows) {
      if (position >= from && position < to) continue;
      row.element.remove();
      rows.delete(position);
    }
    const shown = epochs();
    for (let position = from; position < to; position++) {
      if (model !== undefined && results !== undefined) rowAt(position)?.draw(results, shown, model.choice.target);
    }
  }

  function rowAt(position: number): Row | undefined {
    const known = rows.get(position);
    const image = images()[order[position] ?? -1];
    if (known !== undefined || image === undefined) return known;
    const row = createRow(image, model?.view.classNames ?? []);
    row.element.style.top = `${position * ROW}px`;
    row.element.tabIndex = position === current ? 0 : -1;
    row.element.setAttribute('aria-rowindex', String(position + 2));
    row.element.addEventListener('focus', () => setCurrent(position));
    row.element.addEventListener('dblclick', () => onOpen(image));
    rows.set(position, row);
    const next = [...rows.keys()].filter((other) => other > position).sort((a, b) => a - b)[0];
    body.insertBefore(row.element, next === undefined ? null : (rows.get(next)?.element ?? null));
    return row;
  }

  function setCurrent(position: number): void {
    for (const place of [current, position]) {
      const row = rows.get(place)?.element;
      if (row !== undefined) row.tabIndex = place === position ? 0 : -1;
    }
    current = position;
  }

  function focusAt(position: number): void {
    const to = Math.min(Math.max(position, 0), order.length - 1);
    const top = body.offsetTop + to * ROW - head.clientHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    const bottom = body.offsetTop + (to + 1) * ROW;
    if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
    draw();
    setCurrent(to);
    rows.get(to)?.element.focus({ preventScroll: true });
  }

  body.addEventListener('keydown', (event) => {
    const page = Math.max(1, Math.floor(scroller.clientHeight / ROW) - 1);
    const to = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: order.length - 1,
    }[event.key];
    const image = images()[order[current] ?? -1];
    if (to !== undefined) focusAt(to);
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
    ...{ element, draw },
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
        for (const row of rows.values()) row.element.remove();
        rows.clear();
        current = 0;
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
