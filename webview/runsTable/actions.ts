/** What the page's controls do: each changes what is kept, or asks the extension. */
import type { Row } from '../../src/comparison';
import type { RowAction, RunsTableHostContract, RunsTablePageContract } from '../../src/protocol/runsTable';
import type { Page } from '../frame';
import type { SavedState } from './savedState';
import type { TableState } from './tableState';

export type TablePage = Page<RunsTablePageContract, RunsTableHostContract, SavedState>;

export function createActions(page: TablePage, table: TableState) {
  const now = (): SavedState => page.state.peek();
  const columns = (change: Partial<SavedState['columns']>): void =>
    page.keep({ columns: { ...now().columns, ...change } });
  const toggled = <Item>(items: readonly Item[], item: Item): Item[] =>
    items.includes(item) ? items.filter((each) => each !== item) : [...items, item];
  return {
    keep: page.keep,
    columns,
    /** Descending first where more is better or unknown, then ascending, then as the runs came. */
    sort(by: string, first: 'ascending' | 'descending') {
      const { sort } = now();
      if (sort?.by !== by) page.keep({ sort: { by, descending: first === 'descending' } });
      else if (sort.descending === (first === 'descending')) page.keep({ sort: { by, descending: !sort.descending } });
      else page.keep({ sort: undefined });
    },
    togglePinned: (id: string) => columns({ pinned: toggled(now().columns.pinned, id) }),
    show: (id: string, shown: boolean) => columns({ shown: { ...now().columns.shown, [id]: shown } }),
    resize: (id: string, width: number) =>
      columns({ widths: { ...now().columns.widths, [id]: Math.round(Math.min(Math.max(width, 40), 800)) } }),
    toggleOpened: (key: string) => page.keep({ opened: toggled(now().opened, key) }),
    hide(keys: readonly string[]) {
      page.keep({ hidden: [...new Set([...now().hidden, ...keys])] });
      choose(table.chosen.peek(), keys, false);
    },
    toggleChosen: (key: string) => choose(table.chosen.peek(), [key], !table.chosen.peek().has(key)),
    forgetChosen: () => page.keep({ chosen: [] }),
    act(action: RowAction, rows: readonly Row[]) {
      const runs = rows.flatMap((row) => row.runs.map(({ run }) => run));
      if (runs.length > 0) page.attempt(page.host.request('act', { action, runs: [...new Set(runs)] }));
    },
  };

  function choose(before: ReadonlySet<string>, keys: readonly string[], isChosen: boolean): void {
    const after = new Set(before);
    for (const key of keys) {
      if (isChosen) after.add(key);
      else after.delete(key);
    }
    page.keep({ chosen: [...after] });
  }
}
export type Actions = ReturnType<typeof createActions>;
