/** What is wrong with a sweep as such, whatever its settings do. */
import type { Contradiction } from '../contradiction';
import { countRecipes } from './recipes';
import { MOST_CELLS, MOST_RECIPES, type SweepFile } from './schema';

/** @param models how many the file names */
export function sweepContradictions(sweep: SweepFile, models: number): Contradiction[] {
  const shape = shapeProblem(sweep) ?? countProblem(sweep, models);
  return [...(shape === undefined ? [] : [shape]), ...repeatedSeeds(sweep)];
}

function shapeProblem({ axes, recipes }: SweepFile): Contradiction | undefined {
  const expected = 'either "axes", whose combinations are the recipes, or "recipes" by name';
  if (axes !== undefined && recipes !== undefined)
    return { path: ['sweep', 'recipes'], summary: 'a sweep has both axes and recipes', expected };
  if (axes === undefined && recipes === undefined) {
    const advice = 'To train the study as it is with several seeds, write "recipes": { "study": {} }.';
    return { path: ['sweep'], summary: 'a sweep has neither axes nor recipes', expected, advice };
  }
  const name = axes === undefined ? 'recipes' : 'axes';
  if (Object.keys(axes ?? recipes ?? {}).length > 0) return undefined;
  return { path: ['sweep', name], summary: 'the sweep is empty', found: 'an empty object', expected: 'at least one' };
}

function countProblem(sweep: SweepFile, models: number): Contradiction | undefined {
  const recipes = countRecipes(sweep) * models;
  const seeds = typeof sweep.seeds === 'number' ? sweep.seeds : sweep.seeds.length;
  if (recipes <= MOST_RECIPES && recipes * seeds <= MOST_CELLS) return undefined;
  return {
    path: ['sweep'],
    summary: 'the sweep has too many runs',
    found: `${recipes} recipes × ${seeds} seeds = ${recipes * seeds} runs`,
    expected: `at most ${MOST_RECIPES} recipes and ${MOST_CELLS} runs`,
  };
}

function repeatedSeeds({ seeds }: SweepFile): Contradiction[] {
  if (typeof seeds === 'number') return [];
  return seeds.flatMap((seed, index) =>
    seeds.indexOf(seed) === index
      ? []
      : [
          {
            path: ['sweep', 'seeds', index],
            summary: 'a seed is named twice',
            found: String(seed),
            expected: 'another seed than those before',
          },
        ],
  );
}
