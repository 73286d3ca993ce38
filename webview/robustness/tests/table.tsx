/** The table of every test at every checkpoint. */
import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import { Icon, type IconName } from '../../controls';
import type { TestRow } from '../robustnessState';
import { columns, sortRows, type Column, type Sort } from './columns';

export interface TestsTableProperties {
  readonly rows: readonly TestRow[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

export function TestsTable({ rows, sort, onSort }: TestsTableProperties) {
  const shown = useMemo(columns, []);
  const body = useMemo(
    () =>
      sortRows(rows, sort).map((row) => (
        <Row key={`${row.test.entry} ${row.checkpoint.epoch}`} row={row} columns={shown} />
      )),
    [rows, sort],
  );
  return (
    <div class="table-scroller" tabIndex={0} role="region" aria-label={l10n.t('Table of tests')}>
      <table class="tests">
        <caption class="screen-reader-only">{l10n.t('Perturbation tests at checkpoints. The heads sort.')}</caption>
        <thead>
          <tr>
            {shown.map((column) => (
              <Head key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>{body}</tbody>
      </table>
    </div>
  );
}

interface HeadProperties extends Pick<TestsTableProperties, 'sort' | 'onSort'> {
  readonly column: Column;
}

function Head({ column: { id, head, title }, sort, onSort }: HeadProperties) {
  const sorted = sort.column === id;
  // Numbers are first sorted with the largest on top, because the worst case is of interest.
  const first = id !== 'test' && id !== 'epoch' && id !== 'result';
  const press = (): void => onSort({ column: id, descending: sorted ? !sort.descending : first });
  return (
    <th
      scope="col"
      class={`column-${id}`}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button class="sort" title={title} onClick={press}>
        <span>{head}</span>
        <span class="direction">{sorted && (sort.descending ? '▾' : '▴')}</span>
      </button>
    </th>
  );
}

function Row({ row, columns: shown }: { readonly row: TestRow; readonly columns: readonly Column[] }) {
  const { outcome, checkpoint } = row;
  const misses = outcome?.misses.join('; ') ?? '';
  const title = misses === '' ? outdatedText(row) : misses;
  return (
    <tr class={outcome?.kind ?? 'missing'} title={title} data-epoch={checkpoint.epoch}>
      {shown.map(({ id, text, basis }) => {
        if (id === 'test')
          return (
            <th key={id} scope="row" class="column-test">
              {text(row)}
            </th>
          );
        const under = basis?.(row) ?? '';
        return (
          <td key={id} class={`column-${id}`}>
            {id === 'result' ? <Result row={row} text={text(row)} misses={misses} /> : text(row)}
            {under !== '' && <span class="interval muted">{under}</span>}
          </td>
        );
      })}
    </tr>
  );
}

function outdatedText({ outcome }: TestRow): string | undefined {
  if (outcome?.kind !== 'stale') return undefined;
  return outcome.was === null
    ? l10n.t('Computed before a change')
    : l10n.t('Computed before a change: was {0}', outcome.was);
}

const MARKS: Readonly<Record<string, IconName>> = { passed: 'check', failed: 'close', stale: 'history' };

function Result({ row, text, misses }: { readonly row: TestRow; readonly text: string; readonly misses: string }) {
  const kind = row.outcome?.kind ?? 'missing';
  const mark = MARKS[kind];
  return (
    <span class={`result ${kind}`}>
      {mark !== undefined && <Icon name={mark} />}
      <span>{text}</span>
      {misses !== '' && <span class="screen-reader-only">: {misses}</span>}
    </span>
  );
}
