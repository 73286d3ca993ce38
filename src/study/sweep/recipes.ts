/** The recipes of a sweep: its own, or every combination of its axes. */
import type { JsonPath } from '../problem';
import { recipeName, uniqueNames } from './names';
import type { SweepFile } from './schema';

/** One setting that a recipe changes. */
export interface RecipeSetting {
  /** Its dotted name, such as `training.learningRate`. */
  readonly name: string;
  /** JSON; null takes the setting away. */
  readonly value: unknown;
  /** Where in the file its value stands. */
  readonly place: JsonPath;
}

export interface Recipe {
  readonly name: string;
  readonly settings: readonly RecipeSetting[];
  /** Where in the file the recipe stands as a whole. */
  readonly place: JsonPath;
}

/** In the file's order; of axes the last one changes fastest. */
export function recipesOf({ axes, recipes }: SweepFile): Recipe[] {
  if (recipes !== undefined) return Object.entries(recipes).map(([name, settings]) => named(name, settings));
  const combined = combinations(axes ?? {});
  const names = uniqueNames(combined.map(recipeName));
  return combined.map((settings, index) => ({ name: names[index] ?? '', settings, place: ['sweep', 'axes'] }));
}

/** How many there are, without making them. */
export function countRecipes({ axes, recipes }: SweepFile): number {
  if (recipes !== undefined) return Object.keys(recipes).length;
  return Object.values(axes ?? {}).reduce((product, values) => product * values.length, 1);
}

function named(name: string, settings: Readonly<Record<string, unknown>>): Recipe {
  const place = ['sweep', 'recipes', name];
  return {
    name,
    place,
    settings: Object.entries(settings).map(([setting, value]) => ({
      name: setting,
      value,
      place: [...place, setting],
    })),
  };
}

function combinations(axes: NonNullable<SweepFile['axes']>): RecipeSetting[][] {
  return Object.entries(axes).reduce<RecipeSetting[][]>(
    (before, [name, values]) =>
      before.flatMap((settings) =>
        values.map((value, index) => [...settings, { name, value, place: ['sweep', 'axes', name, index] }]),
      ),
    [[]],
  );
}
