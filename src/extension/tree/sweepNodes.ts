/** A sweep in the tree: its recipes, each with its cells, which are runs once they are trained. */
import type { CellProgress, SweepState } from '../../sweeps/sweepState';
import type { RunSummary } from '../runs/runSummary';

/** Below a study with a sweep. */
export interface SweepNode {
  readonly kind: 'sweep';
  readonly studyFile: string;
  readonly sweep: SweepState;
  /** The study's runs. */
  readonly runs: readonly RunSummary[];
}

export interface RecipeNode {
  readonly kind: 'recipe';
  readonly studyFile: string;
  readonly recipe: string;
  /** Empty of a recipe that the sweep has no more. */
  readonly cells: readonly CellProgress[];
  /** Runs of its cells. */
  readonly runs: readonly RunSummary[];
}

/** A cell without a run. */
export interface CellNode {
  readonly kind: 'cell';
  readonly studyFile: string;
  /** Its id, which commands take. */
  readonly cell: string;
  readonly progress: CellProgress;
}

/** A run of a recipe: of a cell, its newest one, has that cell's progress. */
export interface RunOfRecipe {
  readonly run: RunSummary;
  readonly progress: CellProgress | undefined;
}

/** The runs that stand below the sweep, and those that stand below the study as ever. */
export function splitRuns(
  runs: readonly RunSummary[],
  sweep: SweepState | undefined,
): { readonly ofSweep: readonly RunSummary[]; readonly others: readonly RunSummary[] } {
  if (sweep === undefined) return { ofSweep: [], others: runs };
  const ids = new Set(sweep.cells.map(({ cell }) => cell.id));
  const folders = new Set(sweep.cells.map(({ run }) => run));
  const isOfSweep = ({ cell, folder, studyHash }: RunSummary): boolean =>
    cell !== undefined || folders.has(folder) || (studyHash !== undefined && ids.has(studyHash));
  return { ofSweep: runs.filter(isOfSweep), others: runs.filter((run) => !isOfSweep(run)) };
}

/** The sweep's recipes in the file's order, and after them those that only runs still name. */
export function recipeNodes({ sweep, studyFile, runs }: SweepNode): RecipeNode[] {
  const recipeOf = new Map(sweep.cells.map(({ cell }) => [cell.id, cell.recipe]));
  const byRecipe = new Map<string, RunSummary[]>(sweep.recipes.map((recipe) => [recipe, []]));
  for (const run of runs) {
    // What the file says now comes before how the recipe was called when the run began.
    const recipe = recipeOf.get(run.studyHash ?? '') ?? run.cell?.recipe;
    if (recipe === undefined) continue;
    const ofRecipe = byRecipe.get(recipe) ?? [];
    ofRecipe.push(run);
    byRecipe.set(recipe, ofRecipe);
  }
  return [...byRecipe].map(([recipe, ofRecipe]) => ({
    kind: 'recipe',
    studyFile,
    recipe,
    cells: sweep.cells.filter(({ cell }) => cell.recipe === recipe),
    runs: ofRecipe,
  }));
}

/** The cells by their seeds, and then the runs that are no cell's newest. */
export function cellsOf({ cells, runs, studyFile }: RecipeNode): (CellNode | RunOfRecipe)[] {
  const bySeed = [...cells].sort((a, b) => a.cell.seed - b.cell.seed);
  const shown = bySeed.map((progress): CellNode | RunOfRecipe => {
    const run = runs.find(({ folder }) => folder === progress.run);
    return run === undefined ? { kind: 'cell', studyFile, cell: progress.cell.id, progress } : { run, progress };
  });
  const newest = new Set(cells.map(({ run }) => run));
  return [...shown, ...runs.filter(({ folder }) => !newest.has(folder)).map((run) => ({ run, progress: undefined }))];
}
