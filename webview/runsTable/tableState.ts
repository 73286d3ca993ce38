/** What the table shows, from the runs that there are and how a person has arranged them. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import {
  epochAt,
  groupRows,
  recipeRows,
  runRows,
  sortRows,
  sweepBaselineOf,
  type At,
  type Column,
  type Row,
} from '../../src/comparison';
import type { TableRun } from '../../src/protocol/runsTable';
import { filtered, parseFilter, type Filter } from './filter';
import { groupText } from './groupText';
import { linesOf, type Line } from './lines';
import type { SavedState } from './savedState';
import { shownColumns, tableColumns, type TableColumn } from './tableColumns';

export type Arranged = Omit<SavedState, 'sort' | 'opened' | 'chosen' | 'baseline'>;

export interface TableState {
  /** All that is kept but for what changes lines alone: who shows this need not draw anew when a person sorts. */
  readonly arranged: ReadonlySignal<Arranged>;
  /** By folder, the newest first. */
  readonly runs: Signal<ReadonlyMap<string, TableRun>>;
  /** Of the study that is shown, or of all. */
  readonly inScope: ReadonlySignal<readonly TableRun[]>;
  /** All columns that there is something to say in. */
  readonly columns: ReadonlySignal<readonly TableColumn[]>;
  readonly shown: ReadonlySignal<readonly TableColumn[]>;
  /** All rows, in the order of their runs. */
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly filter: ReadonlySignal<Filter>;
  /** Those that the filter leaves and nobody has hidden, sorted. */
  readonly visible: ReadonlySignal<readonly Row[]>;
  /** With the heads of groups, and the seeds of opened recipes. */
  readonly lines: ReadonlySignal<readonly Line[]>;
  /** Keys of the rows that are chosen, for what is done with several. */
  readonly chosen: ReadonlySignal<ReadonlySet<string>>;
}

export function createTableState(state: ReadonlySignal<SavedState>): TableState {
  const runs = signal<ReadonlyMap<string, TableRun>>(new Map());
  // Each part of the state by itself, so that sorting does not compute the rows anew.
  const part = <Name extends keyof SavedState>(name: Name): ReadonlySignal<SavedState[Name]> =>
    computed(() => state.value[name]);
  const [study, by, at] = [part('study'), part('by'), part('at')];
  const [saved, sort, text, hidden] = [part('columns'), part('sort'), part('filter'), part('hidden')];
  const [group, opened, chosen] = [part('group'), part('opened'), part('chosen')];
  const inScope = computed(() =>
    [...runs.value.values()].filter(({ facts }) => study.value === null || facts.studyFile === study.value),
  );
  /** Of runs that are not read, or cannot be, there are no settings. */
  const known = computed(() => inScope.value.filter(isRead).map(({ facts }) => facts));
  /** Where nobody has chosen, the sweep's own. */
  const baseline = computed(() => {
    const { baseline: kept } = state.value;
    return kept === undefined ? sweepBaselineOf(known.value) : (kept ?? undefined);
  });
  const columns = computed(() =>
    tableColumns({
      facts: known.value,
      by: by.value,
      compared: by.value === 'recipes' && baseline.value !== undefined,
      severalStudies: new Set(known.value.map(({ studyFile }) => studyFile)).size > 1,
    }),
  );
  const results = computed(() => columns.value.flatMap(({ kind, result }) => (kind === 'result' && result) || []));
  const rows = computed(() => rowsOf(inScope.value, by.value, results.value, at.value, baseline.value));
  const filter = computed(() => parseFilter(text.value, columns.value));
  const left = computed(() => {
    const isHidden = new Set(hidden.value);
    const ofFilter = filtered(rows.value, filter.value, (row, column) => numberAt(row, column, at.value));
    return ofFilter.filter(({ key }) => !isHidden.has(key));
  });
  const visible = computed(() => sortRows(left.value, sort.value));
  const groups = computed(() => groupRows(visible.value, group.value));
  const arranged = computed((): Arranged => ({
    ...{ study: study.value, by: by.value, at: at.value, filter: text.value },
    ...{ group: group.value, hidden: hidden.value, columns: saved.value },
  }));
  return {
    arranged,
    runs,
    inScope,
    columns,
    shown: computed(() => shownColumns(withBaseline(columns.value, rows.value), saved.value)),
    rows,
    filter,
    visible,
    lines: computed(() =>
      linesOf(groups.value, (value) => groupText(group.value, value), new Set(opened.value), results.value, at.value),
    ),
    chosen: computed(() => new Set(chosen.value)),
  };
}

/** A baseline may be gone, or hidden by the choice of a study: then nothing is compared. */
function withBaseline(columns: readonly TableColumn[], rows: readonly Row[]): readonly TableColumn[] {
  return rows.some(({ isBaseline }) => isBaseline) ? columns : columns.filter(({ kind }) => kind !== 'difference');
}

function isRead({ reading, facts }: TableRun): boolean {
  return !reading && Object.keys(facts.settings).length > 0;
}

function rowsOf(
  runs: readonly TableRun[],
  by: SavedState['by'],
  columns: readonly Column[],
  at: At,
  baseline: string | undefined,
): Row[] {
  if (by === 'runs')
    return runRows(
      runs.map(({ facts }) => facts),
      { columns, at },
    );
  const read = runs.filter(isRead).map(({ facts }) => facts);
  // A run that cannot be read is of no recipe, and stays as a row of its own.
  const unreadable = runs.filter((run) => !run.reading && !isRead(run)).map(({ facts }) => facts);
  return [...recipeRows(read, { columns, at, baseline }), ...runRows(unreadable, { columns, at })];
}

/** What conditions of the filter compare. */
export function numberAt(row: Row, { kind, id, result }: TableColumn, at: At): number | undefined {
  const first = row.runs[0];
  if (first === undefined) return undefined;
  switch (kind) {
    case 'result':
      return row.values[id]?.mean ?? undefined;
    case 'difference':
      return row.differences[result?.id ?? '']?.mean ?? undefined;
    case 'setting':
      return numberOf(first.settings[id]);
    case 'plain':
      if (id === 'seed') return first.seed;
      return id === 'epoch' ? (epochAt(first, at) ?? undefined) : undefined;
  }
}

function numberOf(json: string | undefined): number | undefined {
  const number = Number(json);
  return json === undefined || !Number.isFinite(number) ? undefined : number;
}
