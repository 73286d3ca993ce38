/** Tables for other programs, RFC 4180, with all digits: what a table shows can be computed again from the one of runs. */
import { csvText } from '../../common/csvText';
import { epochAt, valueAt, type At, type Column } from '../columns';
import { isWhole, recipesOf } from '../recipes';
import type { RunFacts } from '../facts';
import type { Row, RowValue } from '../rows';

export interface CsvOptions {
  readonly columns: readonly Column[];
  readonly at: At;
  /** Dotted names: see `differingSettings`. */
  readonly settings: readonly string[];
}

/**
 * A row a run. `counted` is 1 of those that enter the means of their recipe: finished, and of several of one seed the newest.
 * Settings are JSON.
 */
export function runsCsv(facts: readonly RunFacts[], { columns, at, settings }: CsvOptions): string {
  const recipes = new Map<string, { name: string; counted: boolean }>();
  for (const { name, runs, repeated } of recipesOf(facts)) {
    for (const run of runs) recipes.set(run.run, { name, counted: isWhole(run) });
    for (const { run } of repeated) recipes.set(run, { name, counted: false });
  }
  const own = ['run', 'name', 'study', 'recipe', 'seed', 'counted', 'state', 'engine', 'created', 'commit', 'epoch'];
  return csvText([
    [...own, 'chosenBy', ...settings, ...columns.map(({ id }) => id)],
    ...facts.map((each) => [
      each.run,
      each.name,
      each.studyName,
      recipes.get(each.run)?.name ?? '',
      each.seed,
      Number(recipes.get(each.run)?.counted ?? false),
      each.state,
      each.engine,
      each.createdAt,
      each.git?.commit ?? '',
      cell(epochAt(each, at)),
      at === 'best' ? each.chosenBy : '',
      ...settings.map((field) => each.settings[field] ?? ''),
      ...columns.map((column) => cell(valueAt(each, column, at))),
    ]),
  ]);
}

/** A row a recipe: of each column the mean, its interval and n, and the paired difference from the baseline with the same. */
export function recipesCsv(
  rows: readonly Row[],
  { columns, settings }: Pick<CsvOptions, 'columns' | 'settings'>,
): string {
  const compared = rows.some(({ isBaseline }) => isBaseline);
  const parts = (id: string): string[] => [id, `${id} low`, `${id} high`, `${id} n`];
  const heads = columns.flatMap(({ id }) => [...parts(id), ...(compared ? parts(`${id} difference`) : [])]);
  return csvText([
    ['recipe', 'runs', 'finished', ...settings, ...heads],
    ...rows.map((row) => [
      row.name,
      row.runs.length,
      row.whole,
      ...settings.map((field) => row.runs[0]?.settings[field] ?? ''),
      ...columns.flatMap(({ id }) => [...cells(row.values[id]), ...(compared ? cells(row.differences[id]) : [])]),
    ]),
  ]);
}

function cells(value: RowValue | undefined): (string | number)[] {
  if (value === undefined) return ['', '', '', ''];
  const { mean, interval, n } = value;
  return [cell(mean), cell(interval?.low ?? null), cell(interval?.high ?? null), n];
}

function cell(value: number | null): string | number {
  return value ?? '';
}
