/** Long lists: only what is in sight exists. */
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualItem,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useState } from 'preact/hooks';

export interface VirtualOptions {
  readonly count: number;
  /** The height of a row, or with `horizontal` the width of a column, in CSS pixels. */
  readonly size: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Rows that are drawn beyond either edge. */
  readonly overscan?: number;
  readonly horizontal?: boolean;
  /** What covers the start of the scroller: the height of its sticky head. */
  readonly covered?: number;
  /** The element that holds the rows, where it does not begin where the scroller's content does. */
  readonly body?: RefObject<HTMLElement | null>;
}

export interface VirtualRows {
  /** What is in sight, each with its index and its start in pixels from where the rows begin. */
  readonly items: readonly VirtualItem[];
  /** The first that can be seen. */
  readonly first: number;
  /** The length of all of them in pixels. */
  readonly total: number;
  /** Scrolls a row into sight, past what covers the start. */
  readonly reveal: (index: number) => void;
  /** How many fill the visible part, at least one. */
  readonly page: () => number;
}

export function useVirtualRows(options: VirtualOptions): VirtualRows {
  const { count, size, scroller, overscan = 2, horizontal = false, covered = 0, body } = options;
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const above = body?.current?.offsetTop ?? 0;
  const settings = {
    count,
    horizontal,
    overscan,
    scrollPaddingStart: covered,
    scrollMargin: above,
    estimateSize: () => size,
    getScrollElement: () => scroller.current,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => redraw(undefined),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(settings));
  virtualizer.setOptions(settings);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [size, count, above]);
  useEffect(() => {
    const content = scroller.current?.firstElementChild;
    if (body === undefined || content === null || content === undefined) return;
    // What stands above the rows has another height.
    const observer = new ResizeObserver(() => redraw(undefined));
    observer.observe(content);
    return () => observer.disconnect();
  }, []);
  const length = (): number => {
    const element = scroller.current;
    return ((horizontal ? element?.clientWidth : element?.clientHeight) ?? 0) - covered;
  };
  return {
    items: virtualizer.getVirtualItems().map((item) => ({ ...item, start: item.start - above })),
    first: Math.max(Math.floor(((virtualizer.scrollOffset ?? 0) - above) / size), 0),
    total: virtualizer.getTotalSize(),
    reveal: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
    page: () => Math.max(Math.floor(length() / size), 1),
  };
}

/** The index that a key leads to in a list; undefined for any other key. */
export function movedBy(key: string, from: number, count: number, page: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    Home: 0,
    End: count - 1,
    PageDown: from + page,
    PageUp: from - page,
  };
  const to = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return to === undefined || count === 0 ? undefined : Math.min(Math.max(to, 0), count - 1);
}
