/** The keys of a long list: one of its rows is the tab stop, from which the arrow keys lead to others. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { movedBy, type VirtualRows } from './virtualRows';

export interface RowKeys {
  /** The row that the keys are of. */
  readonly current: number;
  /** What a row has, besides its own. */
  readonly row: (index: number) => {
    readonly tabIndex: 0 | -1;
    readonly 'data-row': number;
    readonly onFocusIn: () => void;
  };
  /** Moves the focus by a key. @returns whether it did */
  readonly move: (event: KeyboardEvent) => boolean;
}

/** @param body the element that holds the rows */
export function useRowKeys(
  { items, reveal, page }: VirtualRows,
  count: number,
  body: RefObject<HTMLElement | null>,
): RowKeys {
  const [chosen, setChosen] = useState(0);
  const target = useRef<number>(undefined);
  const current = Math.min(chosen, Math.max(count - 1, 0));
  // A list whose current row is out of sight can be reached by the Tab key, too.
  const stop = items.some(({ index }) => index === current) ? current : items[0]?.index;

  useLayoutEffect(() => {
    const row = body.current?.querySelector<HTMLElement>(`[data-row="${target.current ?? ''}"]`);
    if (row === null || row === undefined) return;
    target.current = undefined;
    row.focus({ preventScroll: true });
  });
  return {
    current,
    row: (index) => ({
      tabIndex: index === stop ? 0 : -1,
      'data-row': index,
      onFocusIn: () => setChosen(index),
    }),
    move({ key }) {
      const to = movedBy(key, current, count, page());
      if (to === undefined) return false;
      target.current = to;
      setChosen(to);
      reveal(to);
      return true;
    },
  };
}
