/** The grid of tiles: a canvas that stays in place while a tall, empty element scrolls behind it. */
import { h, setAttribute } from '../common/dom';
import { onThemeChange } from '../chart/themeColours';
import { heightOf, layOut, moved, positionAt, scrollToShow, visibleRange, type Layout } from './layout';
import { describeImage, type GalleryState } from './galleryState';
import { paint, readColours } from './painter';
import type { Pages } from './pages';
import type { Sheet } from './sheet';

export interface GridOptions {
  readonly model: () => GalleryState;
  readonly pages: Pages<Sheet>;
  readonly onHover: (position: number | undefined) => void;
  readonly onFocus: (position: number, extend: boolean) => void;
  /** A click, or the space bar. */
  readonly onPick: (position: number, extend: boolean) => void;
  readonly onSelectAll: () => void;
  readonly onScrolled: () => void;
}

export interface Grid {
  readonly element: HTMLElement;
  /** Draws soon, so that many changes are drawn at once. */
  redraw(): void;
  /** Sets the number of tiles; the scroll position stays. */
  relayout(): void;
  reveal(position: number): void;
  scrollTo(position: number): void;
  /** The first visible position. */
  readonly top: number;
  focus(): void;
}

export function createGrid(options: GridOptions): Grid {
  const { model, pages } = options;
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  const spacer = h('div', { class: 'spacer' });
  // The image with the focus, for screen readers.
  const option = h('div', { id: 'focused-image', role: 'option', class: 'screen-reader-only' });
  const element = h(
    'div',
    { class: 'grid', role: 'listbox', tabindex: 0, 'aria-label': 'Images', 'aria-activedescendant': 'focused-image' },
    canvas,
    option,
    spacer,
  );
  let layout: Layout = layOut(1, 1, 0);
  let size = { width: 0, height: 0 };
  let colours = readColours();
  let waiting = false;

  function redraw(): void {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(draw);
  }

  function draw(): void {
    waiting = false;
    const { first, end } = visibleRange(layout, element.scrollTop, size.height);
    pages.want(model().filter.set, model().shown, first, end);
    const { scrollTop } = element;
    const focused = document.activeElement === element;
    paint({ context, layout, scrollTop, ...size, first, end, colours, pages, focused }, model());
  }

  function resize(): void {
    size = { width: element.clientWidth, height: element.clientHeight };
    const ratio = devicePixelRatio;
    canvas.width = Math.round(size.width * ratio);
    canvas.height = Math.round(size.height * ratio);
    canvas.style.width = `${size.width}px`;
    canvas.style.height = `${size.height}px`;
    context.scale(ratio, ratio);
    relayout();
  }

  function relayout(): void {
    layout = layOut(size.width, model().tile, model().shown.length);
    spacer.style.height = `${Math.max(0, heightOf(layout) - size.height)}px`;
    describeFocus();
    redraw();
  }

  function describeFocus(): void {
    const { focus, shown, selection, filter } = model();
    const image = describeImage(model(), focus);
    setAttribute(element, 'aria-multiselectable', model().view.study !== null);
    setAttribute(option, 'aria-posinset', focus + 1);
    setAttribute(option, 'aria-setsize', shown.length);
    setAttribute(option, 'aria-selected', String(selection[filter.set].has(shown[focus] ?? -1)));
    option.textContent =
      image === null ? 'no image' : [image.name, image.label, image.verdict].filter(Boolean).join(', ');
  }

  function scrollTo(top: number): void {
    element.scrollTop = top;
    redraw();
  }

  const pointAt = (event: MouseEvent): number | undefined => {
    const { left, top } = element.getBoundingClientRect();
    return positionAt(layout, event.clientX - left, event.clientY - top + element.scrollTop);
  };
  element.addEventListener('scroll', () => {
    redraw();
    options.onScrolled();
  });
  element.addEventListener('pointermove', (event) => options.onHover(pointAt(event)));
  element.addEventListener('pointerleave', () => options.onHover(undefined));
  element.addEventListener('click', (event) => {
    const position = pointAt(event);
    if (position !== undefined) options.onPick(position, event.shiftKey);
  });
  element.addEventListener('keydown', (event) => {
    if (onKey(event)) event.preventDefault();
  });
  for (const name of ['focus', 'blur'] as const) element.addEventListener(name, redraw);

  /** @returns whether the key was handled */
  function onKey(event: KeyboardEvent): boolean {
    if (event.key === ' ' || event.key === 'Enter') {
      options.onPick(model().focus, event.shiftKey);
      return true;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      options.onSelectAll();
      return true;
    }
    if (event.altKey) return false;
    const target = moved(layout, model().focus, event.key, size.height);
    if (target !== undefined) options.onFocus(target, event.shiftKey);
    return target !== undefined;
  }

  new ResizeObserver(resize).observe(element);
  onThemeChange(() => {
    colours = readColours();
    redraw();
  });
  return {
    element,
    redraw,
    relayout,
    reveal: (position) => scrollTo(scrollToShow(layout, position, element.scrollTop, size.height)),
    scrollTo: (position) => scrollTo(scrollToShow(layout, position, Infinity, size.height)),
    get top() {
      return visibleRange(layout, element.scrollTop, size.height).first;
    },
    focus: () => element.focus({ preventScroll: true }),
  };
}
