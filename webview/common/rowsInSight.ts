/**
 * The rows of a long list. Only the visible ones exist. One of them is the tab stop, from which the arrow keys move.
 */
import { insertInOrder } from './insertInOrder';
import type { Window } from './visibleWindow';

export interface RowsInSight<Row extends { readonly element: HTMLElement }> {
  /** The row at a position, if it is visible. */
  at(position: number): Row | undefined;
  /** Adds and removes rows so that exactly these exist, and passes each to `draw`. */
  show(window: Window, draw: (row: Row, position: number) => void): void;
  /** Positions all rows. */
  place(): void;
  clear(): void;
  /** The tab stop. */
  current: number;
  /** The row that a key leads to; undefined for any other key. */
  target(key: string): number | undefined;
  /** Scrolls to a row and focuses it. */
  focus(position: number): void;
}

export interface RowsInSightOptions<Row> {
  /** The element that holds the rows, each placed from its top. */
  readonly body: HTMLElement;
  readonly make: (position: number) => Row | undefined;
  readonly rowHeight: () => number;
  readonly count: () => number;
  /** How many rows fill the visible part. */
  readonly page: () => number;
  /** Scrolls until the range from `top` to `bottom`, in pixels of the body, is visible, and draws. */
  readonly reveal: (top: number, bottom: number) => void;
}

export function createRowsInSight<Row extends { readonly element: HTMLElement }>(
  options: RowsInSightOptions<Row>,
): RowsInSight<Row> {
  const { body, make, rowHeight, count, page, reveal } = options;
  const rows = new Map<number, Row>();
  let current = 0;

  function setCurrent(position: number): void {
    for (const place of [current, position]) {
      const element = rows.get(place)?.element;
      if (element !== undefined) element.tabIndex = place === position ? 0 : -1;
    }
    current = position;
  }

  function add(position: number): Row | undefined {
    const row = make(position);
    if (row === undefined) return undefined;
    const { element } = row;
    element.style.top = `${position * rowHeight()}px`;
    element.tabIndex = position === current ? 0 : -1;
    element.addEventListener('focusin', () => setCurrent(position));
    rows.set(position, row);
    insertInOrder(body, rows, position);
    return row;
  }

  function remove(position: number): void {
    rows.get(position)?.element.remove();
    rows.delete(position);
  }

  return {
    at: (position) => rows.get(position),
    show({ from, to }, draw) {
      for (const position of [...rows.keys()]) if (position < from || position >= to) remove(position);
      for (let position = from; position < to; position++) {
        const row = rows.get(position) ?? add(position);
        if (row !== undefined) draw(row, position);
      }
    },
    place() {
      for (const [position, { element }] of rows) element.style.top = `${position * rowHeight()}px`;
    },
    clear() {
      for (const position of [...rows.keys()]) remove(position);
    },
    get current() {
      return current;
    },
    set current(position) {
      setCurrent(position);
    },
    target(key) {
      const steps: Readonly<Record<string, number>> = {
        ArrowDown: current + 1,
        ArrowUp: current - 1,
        Home: 0,
        End: count() - 1,
        PageDown: current + page(),
        PageUp: current - page(),
      };
      const to = Object.hasOwn(steps, key) ? steps[key] : undefined;
      return to === undefined || count() === 0 ? undefined : Math.min(Math.max(to, 0), count() - 1);
    },
    focus(position) {
      reveal(position * rowHeight(), (position + 1) * rowHeight());
      setCurrent(position);
      rows.get(position)?.element.focus({ preventScroll: true });
    },
  };
}
