/** The rows of a table of runs: each run, or each recipe with means over its seeds. */
import { overSeeds, pairedOverSeeds, type OverSeeds } from '../statistics';
import { epochAt, valueAt, type At, type Column } from './columns';
import type { RunFacts } from './facts';
import { isWhole, recipesOf, type Recipe } from './recipes';

/** A number of one run. */
export interface SeedValue {
  readonly seed: number;
  /** The run folder. */
  readonly run: string;
  readonly value: number;
}

export interface RowValue extends Omit<OverSeeds, 'mean'> {
  /** Over the seeds of which there is a number; null where there is none. */
  readonly mean: number | null;
  /** By seed. */
  readonly perSeed: readonly SeedValue[];
}

export interface Row {
  /** A run's folder, or a recipe's settings: what a selection is kept by. */
  readonly key: string;
  readonly kind: 'run' | 'recipe';
  /** Of a run what a person calls it. */
  readonly name: string;
  /** The recipe's name. */
  readonly recipe: string;
  /** By seed. Of a run it alone. */
  readonly runs: readonly RunFacts[];
  /** How many of the runs are finished: those alone count in a recipe's means. */
  readonly whole: number;
  /** At which its values are taken, of a recipe that of its first run; null where it is not known. */
  readonly epoch: number | null;
  /** By column id. */
  readonly values: Readonly<Record<string, RowValue>>;
  /**
   * By column id: how much higher it is than the baseline, over the seeds that both have. Empty of the baseline itself, of
   * rows of runs, and where no baseline is chosen. A mean of null: no seed that both have.
   */
  readonly differences: Readonly<Record<string, RowValue>>;
  readonly isBaseline: boolean;
}

export interface RowOptions {
  readonly columns: readonly Column[];
  readonly at: At;
  /** The name or the key of the recipe that others are compared with. Absent, or of no recipe: nothing is compared. */
  readonly baseline?: string | undefined;
}

/** In the order of the facts. */
export function runRows(facts: readonly RunFacts[], { columns, at }: Pick<RowOptions, 'columns' | 'at'>): Row[] {
  const names = new Map(
    recipesOf(facts).flatMap(({ name, runs, repeated }) => [...runs, ...repeated].map(({ run }) => [run, name])),
  );
  return facts.map((each) => ({
    key: each.run,
    kind: 'run',
    name: each.name,
    recipe: names.get(each.run) ?? each.studyName,
    runs: [each],
    whole: isWhole(each) ? 1 : 0,
    epoch: epochAt(each, at),
    values: ofColumns(columns, (column) => rowValue(column, seedValues([each], column, at))),
    differences: {},
    isBaseline: false,
  }));
}

/** In the order of the recipes' first runs. Means are of runs that are finished; differences are paired by seed. */
export function recipeRows(facts: readonly RunFacts[], { columns, at, baseline }: RowOptions): Row[] {
  const recipes = recipesOf(facts);
  const compared = recipes.find(({ key, name }) => key === baseline || name === baseline);
  return recipes.map((recipe) => recipeRow(recipe, compared, columns, at));
}

function recipeRow(recipe: Recipe, baseline: Recipe | undefined, columns: readonly Column[], at: At): Row {
  const whole = recipe.runs.filter(isWhole);
  const values = ofColumns(columns, (column) => rowValue(column, seedValues(whole, column, at)));
  const isBaseline = recipe === baseline;
  return {
    key: recipe.key,
    kind: 'recipe',
    name: recipe.name,
    recipe: recipe.name,
    runs: recipe.runs,
    whole: whole.length,
    epoch: recipe.runs[0] === undefined ? null : epochAt(recipe.runs[0], at),
    values,
    differences:
      baseline === undefined || isBaseline
        ? {}
        : ofColumns(columns, (column) =>
            difference(values[column.id] as RowValue, seedValues(baseline.runs.filter(isWhole), column, at)),
          ),
    isBaseline,
  };
}

function ofColumns(columns: readonly Column[], of: (column: Column) => RowValue): Record<string, RowValue> {
  return Object.fromEntries(columns.map((column) => [column.id, of(column)]));
}

function seedValues(runs: readonly RunFacts[], column: Column, at: At): SeedValue[] {
  return runs.flatMap((facts) => {
    const value = valueAt(facts, column, at);
    return value === null ? [] : [{ seed: facts.seed, run: facts.run, value }];
  });
}

function rowValue({ range }: Column, perSeed: readonly SeedValue[]): RowValue {
  return withMean(
    overSeeds(
      perSeed.map(({ value }) => value),
      range,
    ),
    perSeed,
  );
}

/** @param other of the baseline */
function difference({ perSeed }: RowValue, other: readonly SeedValue[]): RowValue {
  const [ours, theirs] = [perSeed, other].map((values) => new Map(values.map(({ seed, value }) => [seed, value])));
  const paired = perSeed.flatMap((each) => {
    const value = theirs?.get(each.seed);
    return value === undefined ? [] : [{ ...each, value: each.value - value }];
  });
  return withMean(pairedOverSeeds(ours ?? new Map(), theirs ?? new Map()), paired);
}

function withMean({ mean, n, interval }: OverSeeds, perSeed: readonly SeedValue[]): RowValue {
  return { mean: n === 0 ? null : mean, n, interval, perSeed };
}

/** Whether a difference from the baseline is more than chance: its interval excludes 0. No interval, no claim. */
export function isDifferent({ interval }: Pick<RowValue, 'interval'>): boolean {
  return interval !== null && (interval.low > 0 || interval.high < 0);
}
