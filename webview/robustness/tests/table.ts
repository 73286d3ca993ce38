/** The table of every test at every checkpoint. */
import { h } from '../../common/dom';
import { icon } from '../../common/icons';
import type { RobustnessState } from '../robustnessState';
import type { TestRow } from './testRow';
import { COLUMNS, resultText, sortRows, type Sort } from './columns';

export interface TestTable {
  readonly element: HTMLElement;
  update(model: RobustnessState): void;
}

export function createTable(onSort: (sort: Sort) => void): TestTable {
  let sort: Sort = { column: 'test', descending: false };
  let shown = '';
  const heads = COLUMNS.map(({ id, head, title }) => {
    const button = h('button', { class: 'sort', title }, h('span', {}, head), h('span', { class: 'direction' }));
    button.addEventListener('click', () => {
      // Numbers are first sorted with the largest on top, because the worst case is of interest.
      const first = id !== 'test' && id !== 'epoch' && id !== 'result';
      onSort({ column: id, descending: sort.column === id ? !sort.descending : first });
    });
    return h('th', { scope: 'col', class: `column-${id}` }, button);
  });
  const body = h('tbody', {});
  const table = h(
    'table',
    { class: 'tests' },
    h('caption', { class: 'screen-reader-only' }, 'Perturbation tests at checkpoints. The heads sort.'),
    h('thead', {}, h('tr', {}, ...heads)),
    body,
  );
  return {
    element: h('div', { class: 'table-scroller', tabindex: 0, role: 'region', 'aria-label': 'Table of tests' }, table),
    update(model) {
      ({ sort } = model.state);
      COLUMNS.forEach(({ id }, place) => markSorted(heads[place] as HTMLElement, id, sort));
      const key = JSON.stringify([model.rows, sort]);
      if (key === shown) return;
      shown = key;
      body.replaceChildren(...sortRows(model.rows, sort).map(rowElement));
    },
  };
}

function markSorted(head: HTMLElement, id: string, { column, descending }: Sort): void {
  const sorted = id === column;
  if (sorted) head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  else head.removeAttribute('aria-sort');
  const direction = head.querySelector('.direction');
  if (direction !== null) direction.textContent = sorted ? (descending ? '▾' : '▴') : '';
}

function rowElement(row: TestRow): HTMLElement {
  const { outcome, checkpoint } = row;
  const kind = outcome?.kind ?? 'missing';
  const cells = COLUMNS.map(({ id, text, basis }) => {
    if (id === 'test') return h('th', { scope: 'row', class: 'column-test' }, text(row));
    if (id === 'result') return h('td', { class: 'column-result' }, resultMark(row));
    const under = basis?.(row) ?? '';
    return h('td', { class: `column-${id}` }, text(row), under !== '' && h('span', { class: 'interval muted' }, under));
  });
  const misses = outcome?.misses.join('; ') ?? '';
  const was =
    outcome?.kind === 'stale' ? `Computed before a change${outcome.was === null ? '' : `: was ${outcome.was}`}` : '';
  const title = misses !== '' ? misses : was;
  return h('tr', { class: kind, title: title === '' ? undefined : title, 'data-epoch': checkpoint.epoch }, ...cells);
}

function resultMark(row: TestRow): HTMLElement {
  const kind = row.outcome?.kind ?? 'missing';
  const text = resultText(row);
  const mark = { passed: icon('check'), failed: icon('close'), stale: icon('history'), measured: null, missing: null }[
    kind
  ];
  const misses = row.outcome?.misses ?? [];
  return h(
    'span',
    { class: `result ${kind}` },
    mark,
    h('span', {}, text),
    misses.length > 0 && h('span', { class: 'screen-reader-only' }, `: ${misses.join('; ')}`),
  );
}
