/** A study file's sweep, every recipe with every seed of each of the file's models; or what is wrong with it, with places. */
import { contradictionProblems } from '../contradictionProblems';
import { studyHash } from '../hash';
import { problemAt } from '../issues';
import type { JsonText } from '../jsonText';
import { nearest } from '../nearest';
import type { StudyProblem } from '../problem';
import { createProblemList } from '../problemList';
import { contradictions } from '../contradictions';
import { resolveStudy, type NetworkFacts } from '../resolve';
import type { Study, StudyFile, WrittenStudy } from '../schema';
import { variantsOf } from '../variants';
import type { Cell, Sweep } from './cell';
import { overridden, placed } from './overridden';
import { recipesOf, type Recipe } from './recipes';
import type { SweepFile } from './schema';
import { withSeed } from './seeds';
import { sweepContradictions } from './shape';

export interface SweepText {
  readonly json: JsonText;
  /** The value of the text, as the schema gives it, and as it stands there. */
  readonly written: WrittenStudy;
  readonly raw: unknown;
  readonly fileName: string;
  /** What the ONNX file of a model says of its network, where it is one and was read. */
  readonly factsOf: (model: StudyFile['model']) => NetworkFacts | undefined;
}

export type Expanded =
  | { readonly ok: true; readonly sweep: Sweep | undefined }
  | { readonly ok: false; readonly problems: readonly StudyProblem[] };

/** Of a text without problems outside its sweep. Takes time in proportion to the cells. */
export function expandSweep(text: SweepText): Expanded {
  const { json, written } = text;
  const { sweep } = written;
  if (sweep === undefined) return { ok: true, sweep: undefined };
  const models = Array.isArray(written.model) ? written.model.length : 1;
  const wrong = contradictionProblems(json, sweepContradictions(sweep, models));
  if (wrong.length > 0) return { ok: false, problems: wrong };
  const found = studiesOfRecipes(text, sweep);
  if (!found.ok) return found;
  const { recipes } = found;
  const names = recipes.map(({ name }) => name);
  const { baseline = names[0] ?? '' } = sweep;
  if (!names.includes(baseline)) return { ok: false, problems: [unknownBaseline(json, baseline, names)] };
  const seeds = seedsOf(sweep, written.training.seed);
  return { ok: true, sweep: { recipes: names, seeds, cells: cellsOf(recipes, seeds), baseline, tests: sweep.tests } };
}

interface RecipeStudy {
  readonly name: string;
  readonly recipe: Recipe;
  readonly study: Study;
}

function studiesOfRecipes(
  { json, written, raw, fileName, factsOf }: SweepText,
  sweep: SweepFile,
): { readonly ok: true; readonly recipes: RecipeStudy[] } | { readonly ok: false; readonly problems: StudyProblem[] } {
  const problems = createProblemList();
  const met = new Set<string>();
  const add = (problem: StudyProblem): void => {
    const same = JSON.stringify([problem.path, problem.summary.replace(/^with recipe ".*", /, '')]);
    if (!met.has(same)) problems.add(problem.summary, problem.path, () => problem);
    met.add(same);
  };
  const variants = variantsOf(written);
  const rawModels = (raw as { readonly model?: unknown }).model;
  const recipes = recipesOf(sweep);
  const found = variants.flatMap(({ file }, index) => {
    const model: unknown = Array.isArray(rawModels) ? rawModels[index] : rawModels;
    return recipes.flatMap((recipe): RecipeStudy[] => {
      const result = overridden(json, { ...(raw as object), model }, recipe);
      if ('problems' in result) {
        result.problems.forEach(add);
        return [];
      }
      const whole: StudyFile = { ...file, ...result.sections };
      const unfit = contradictions(whole);
      unfit.forEach((each) => add(placed(json, recipe, each)));
      if (unfit.length > 0) return [];
      const study = resolveStudy(whole, fileName, factsOf(whole.model));
      const name = variants.length === 1 ? recipe.name : `${file.model.architecture}, ${recipe.name}`;
      return [{ name, recipe, study }];
    });
  });
  repeated(json, found).forEach(add);
  const list = problems.list();
  return list.length > 0 ? { ok: false, problems: list } : { ok: true, recipes: found };
}

/** Two recipes that would train to the same weights. */
function repeated(json: JsonText, recipes: readonly RecipeStudy[]): StudyProblem[] {
  const first = new Map<string, RecipeStudy>();
  return recipes.flatMap((each) => {
    const hash = studyHash(each.study);
    const before = first.get(hash);
    if (before === undefined) {
      first.set(hash, each);
      return [];
    }
    const differing = each.recipe.settings.find(
      ({ value }, index) => JSON.stringify(value) !== JSON.stringify(before.recipe.settings[index]?.value),
    );
    // Of a grid it is the value of an axis that says again what another one said.
    const place = each.recipe.place[1] === 'axes' ? (differing?.place ?? each.recipe.place) : each.recipe.place;
    return [
      problemAt(json, place, {
        summary: 'two recipes mean the same',
        found: `"${before.name}" and "${each.name}"`,
        expected: 'recipes that train differently',
      }),
    ];
  });
}

function unknownBaseline(json: JsonText, baseline: string, names: readonly string[]): StudyProblem {
  const meant = nearest(baseline, names);
  const shown = names.slice(0, MOST_NAMED).map((name) => JSON.stringify(name));
  const more = names.length - shown.length;
  return problemAt(json, ['sweep', 'baseline'], {
    summary: 'the sweep has no such recipe',
    found: JSON.stringify(baseline),
    expected: `one of ${shown.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`,
    ...(meant === undefined ? {} : { advice: `Did you mean "${meant}"?`, replacement: JSON.stringify(meant) }),
  });
}

const MOST_NAMED = 10;

function seedsOf({ seeds }: SweepFile, first: number): readonly number[] {
  return typeof seeds === 'number' ? Array.from({ length: seeds }, (_, index) => (first + index) >>> 0) : seeds;
}

function cellsOf(recipes: readonly RecipeStudy[], seeds: readonly number[]): Cell[] {
  return recipes.flatMap(({ name, recipe, study }) => {
    const settings = Object.fromEntries(recipe.settings.map((each) => [each.name, each.value]));
    return seeds.map((seed): Cell => {
      const seeded = withSeed(study, seed);
      return { id: studyHash(seeded), recipe: name, seed, settings, study: seeded };
    });
  });
}
