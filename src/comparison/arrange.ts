/** How the rows of a table are arranged: sorted, filtered, grouped, with columns hidden. */
import type { Column } from './columns';
import { engineText } from './engines';
import type { Row } from './rows';
import { settingText, shortSetting } from './settings';

export interface SortBy {
  /** 'name', 'recipe', 'study', 'state', 'engine', 'created', 'seed', 'epoch', 'note', 'commit', a column id, `difference:ID`, or a setting's dotted name. */
  readonly by: string;
  readonly descending: boolean;
}

/** Rows without a value come last either way, equal ones stay in their order, and pinned runs come first. */
export function sortRows(rows: readonly Row[], sort: SortBy | undefined): Row[] {
  const keyed = rows.map((row) => ({ row, pinned: isPinned(row), value: sort && sortValue(row, sort.by) }));
  const sign = sort?.descending === true ? -1 : 1;
  keyed.sort((a, b) => Number(b.pinned) - Number(a.pinned) || compare(a.value, b.value, sign));
  return keyed.map(({ row }) => row);
}

/** A recipe is pinned where any of its runs is. */
export function isPinned({ runs }: Row): boolean {
  return runs.some(({ pinned }) => pinned);
}

type SortValue = number | string | undefined;

/** Made once: `localeCompare` makes one a comparison, which takes longer than a frame for a table of 500 rows. */
const TEXTS = new Intl.Collator('en', { numeric: true });

function compare(a: SortValue, b: SortValue, sign: number): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * TEXTS.compare(String(a), String(b));
}

function sortValue(row: Row, by: string): SortValue {
  const first = row.runs[0];
  switch (by) {
    case 'name':
      return row.name;
    case 'recipe':
      return row.recipe;
    case 'study':
      return first?.studyName;
    case 'state':
      return first?.state;
    case 'engine':
      return first?.engine;
    case 'created':
      return row.runs
        .map(({ createdAt }) => createdAt)
        .sort()
        .at(-1);
    case 'seed':
      return first?.seed;
    case 'epoch':
      return row.epoch ?? undefined;
    case 'note':
      return row.runs.find(({ note }) => note !== '')?.note;
    case 'commit':
      return first?.git?.commit;
  }
  if (by.startsWith('difference:')) return row.differences[by.slice('difference:'.length)]?.mean ?? undefined;
  if (by in row.values) return row.values[by]?.mean ?? undefined;
  return settingValue(first?.settings[by]);
}

/** A number is sorted as one, whatever else runs have there. */
function settingValue(json: string | undefined): SortValue {
  if (json === undefined) return undefined;
  const number = Number(json);
  return Number.isFinite(number) ? number : settingText(json);
}

/** Those in which each word of the text is found: in names, notes, studies, states, engines, or settings as "epochs 12". */
export function filterRows(rows: readonly Row[], text: string): Row[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...rows];
  return rows.filter((row) => {
    const searched = searchedText(row);
    return words.every((word) => searched.includes(word));
  });
}

function searchedText({ name, recipe, runs }: Row): string {
  const ofRuns = runs.flatMap((run) => [
    run.name,
    run.id,
    run.note,
    run.studyName,
    run.state,
    engineText(run.engine),
    `seed=${run.seed}`,
    ...Object.entries(run.settings).map(([field, json]) => `${shortSetting(field)}=${settingText(json)}`),
  ]);
  return [name, recipe, ...ofRuns].join('\n').toLowerCase();
}

/** @param hidden ids */
export function shownColumns(columns: readonly Column[], hidden: ReadonlySet<string>): Column[] {
  return columns.filter(({ id }) => !hidden.has(id));
}

export interface RowGroup {
  /** What its rows have in common: a state, a setting's text. */
  readonly value: string;
  readonly rows: readonly Row[];
}

/** @param by 'study', 'recipe', 'state', 'engine', or a setting's dotted name; undefined: all in one group */
export function groupRows(rows: readonly Row[], by: string | undefined): RowGroup[] {
  if (by === undefined) return [{ value: '', rows }];
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const value = groupValue(row, by);
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [row]);
    else group.push(row);
  }
  return [...groups].map(([value, ofGroup]) => ({ value, rows: ofGroup }));
}

function groupValue(row: Row, by: string): string {
  if (['study', 'recipe', 'state', 'engine'].includes(by)) return String(sortValue(row, by) ?? '');
  return settingText(row.runs[0]?.settings[by]);
}
