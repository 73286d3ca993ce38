/** The list of images. Only the visible rows exist. */
import type { Scale } from '../../src/imaging/heatmap';
import { h } from '../common/dom';
import type { Results } from '../common/heat/results';
import { unionOf } from '../common/heat/scales';
import { createRowsInSight } from '../common/rowsInSight';
import { visibleWindow } from '../common/visibleWindow';
import { pairScale } from './compare';
import type { Item, MisclassifiedState } from './misclassifiedState';
import { createRow, imageKey, type Row, type RowOptions } from './row';

export interface ListOptions extends RowOptions {
  /** Other rows are visible. */
  readonly onSight: () => void;
}

export interface List {
  readonly element: HTMLElement;
  update(model: MisclassifiedState, results: Results, computing: boolean): void;
  /** The visible items and some around them. */
  readonly inSight: readonly Item[];
  /** The index of the first visible row. */
  readonly top: number;
  scrollTo(position: number): void;
}

const NARROW_BELOW = 640;
/** The text about the image beside the maps. */
const FACTS_WIDTH = 232;
const GAP = 8;

export function createList(options: ListOptions): List {
  const body = h('div', { class: 'rows', role: 'list', 'aria-label': 'Images' });
  const nothing = h('p', { class: 'muted nothing', role: 'status' });
  const scroller = h('div', { class: 'list' }, body, nothing);
  const second = h('span', {});
  const heads = h(
    'div',
    { class: 'list-heads muted', 'aria-hidden': 'true' },
    ...['Image', 'Predicted class'].map((text) => h('span', {}, text)),
    second,
    h('span', {}, 'Difference'),
  );
  const element = h('div', { class: 'list-frame' }, heads, scroller);
  let model: MisclassifiedState | undefined;
  let results: Results | undefined;
  let computing = false;
  let rowHeight = 1;
  let frame = 0;

  const items = (): readonly Item[] => model?.items ?? [];
  const sight = (margin: number) =>
    visibleWindow(scroller.scrollTop, scroller.clientHeight, rowHeight, items().length, margin);

  const rows = createRowsInSight({
    body,
    make,
    reveal,
    rowHeight: () => rowHeight,
    count: () => items().length,
    page: () => Math.max(1, Math.floor(scroller.clientHeight / rowHeight) - 1),
  });

  function invalidate(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  function draw(): void {
    frame = 0;
    const [of, from] = [model, results];
    if (of === undefined || from === undefined || scroller.clientHeight === 0) return;
    const shared = of.choice.look.scale === 'shared' ? sharedScale(of, from) : undefined;
    rows.show(sight(1), (row) => row.draw(of, from, shared, computing));
  }

  function make(position: number): Row | undefined {
    const item = items()[position];
    if (item === undefined) return undefined;
    const row = createRow(item, options);
    row.element.setAttribute('aria-posinset', String(position + 1));
    row.element.setAttribute('aria-setsize', String(items().length));
    return row;
  }

  function reveal(top: number, bottom: number): void {
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
    draw();
  }

  function layOut(): void {
    if (model === undefined) return;
    const width = scroller.clientWidth;
    const narrow = width < NARROW_BELOW;
    const room = (narrow ? width : width - FACTS_WIDTH) - 5 * GAP - 12;
    const cell = Math.max(40, Math.min(model.choice.look.cellSize, Math.floor(room / 4)));
    const before = rowHeight;
    rowHeight = cell + 22 + 2 * GAP + (narrow ? 118 : Math.max(0, 126 - cell - 22));
    element.classList.toggle('narrow', narrow);
    element.style.setProperty('--cell', `${cell}px`);
    element.style.setProperty('--row-height', `${rowHeight}px`);
    body.style.height = `${items().length * rowHeight}px`;
    rows.place();
    if (before !== rowHeight && before > 1) scroller.scrollTop *= rowHeight / before;
  }

  scroller.addEventListener('scroll', () => {
    invalidate();
    options.onSight();
  });
  scroller.addEventListener('keydown', (event) => {
    if (!(event.target instanceof HTMLElement) || !event.target.classList.contains('row')) return;
    const to = rows.target(event.key);
    const item = items()[rows.current];
    if (to !== undefined) rows.focus(to);
    else if (event.key === 'Enter' && item !== undefined) options.onHeatmaps(item);
    else if (event.key.toLowerCase() === 'a' && item !== undefined && !event.ctrlKey && !event.metaKey)
      options.onAdd(item);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  new ResizeObserver(() => {
    layOut();
    invalidate();
    options.onSight();
  }).observe(scroller);

  return {
    element,
    update(next, nextResults, isComputing) {
      const otherList = model === undefined || !sameItems(model.items, next.items);
      model = next;
      results = nextResults;
      computing = isComputing;
      // A row belongs to an image at a checkpoint; rows of others are created again.
      if (otherList) rows.clear();
      rows.current = Math.min(rows.current, Math.max(0, next.items.length - 1));
      nothing.hidden = next.nothing === undefined;
      nothing.textContent = next.nothing ?? '';
      for (const part of [body, heads]) part.hidden = next.nothing !== undefined;
      second.textContent = mayBeRight(next) ? 'Label, or runner-up' : 'Label';
      element.style.setProperty('--heat-opacity', String(next.choice.look.opacity));
      element.dataset['blending'] = next.choice.look.blending;
      element.classList.toggle('squares', !next.choice.look.smooth);
      layOut();
      if (otherList) options.onSight();
      invalidate();
    },
    get inSight() {
      const { from, to } = sight(1);
      return items().slice(from, to);
    },
    get top() {
      return sight(0).from;
    },
    scrollTo(position) {
      scroller.scrollTop = position * rowHeight;
    },
  };
}

/** For a correct prediction the second map is of the next most probable class. */
function mayBeRight({ choice: { scope } }: MisclassifiedState): boolean {
  return typeof scope === 'string' ? scope === 'all' : scope.label === scope.predicted;
}

/** The common range of all available maps of the list. */
export function sharedScale({ items, known }: MisclassifiedState, results: Results): Scale | undefined {
  return unionOf(
    items.map(({ image, epoch }) => {
      const result = results.cell(imageKey(image), epoch);
      return result && pairScale(result, known?.labels[image] ?? 0);
    }),
  );
}

function sameItem(a: Item, b: Item | undefined): boolean {
  return a.image === b?.image && a.epoch === b.epoch && a.lookedAt === b.lookedAt;
}

function sameItems(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, place) => sameItem(item, b[place]));
}
