/** Where the cluster lets nobody have so many tasks at once: what to do then. */
import { mostTasks, type AbsentError, type RefusedError } from '../../cluster';
import { InputError, WorkError } from '../../common/errors';
import { shellWord } from '../../common/shellWord';
import type { Cell } from '../../study';
import type { CellProgress } from '../../sweeps';
import type { JobAsked } from './jobAsked';

/** @throws InputError where one array may not have so many */
export async function refuseTooMany({
  tasks,
  options,
  inParts,
}: Pick<JobAsked, 'tasks' | 'options' | 'inParts'>): Promise<void> {
  const most = tasks.length === 1 ? undefined : await mostTasks(options.host ?? null);
  if (most === undefined || tasks.length <= most) return;
  throw new InputError('more tasks than this cluster takes at once', {
    found: String(tasks.length),
    expected: `at most ${String(most)}, its MaxArraySize`,
    advice: inParts(most),
  });
}

/** Slurm's words where a person, an account or a partition may not have so many jobs, or tasks in an array. */
const TOO_MANY = /invalid job array specification|max_?submit|submit ?limit|qos policy|temporarily un(able|available)/i;

/** With what to do, where sbatch refuses for their number. */
export function advised(
  error: AbsentError | RefusedError,
  { tasks, inParts }: Pick<JobAsked, 'tasks' | 'inParts'>,
): InputError | WorkError {
  const { found = '' } = error.problem;
  if (tasks.length === 1 || !TOO_MANY.test(found)) return error;
  return new WorkError(error.summary, { found, advice: `Perhaps these are too many at once. ${inParts(undefined)}` });
}

/**
 * Of cells: whole recipes come first, as many as fit. After them the same command submits the others, or names the next
 * part.
 * @param all cells of the sweep
 */
export function cellsInParts(
  cells: readonly CellProgress[],
  all: readonly Cell[],
): (most: number | undefined) => string {
  const recipes = [...new Set(cells.map(({ cell }) => cell.recipe))];
  const sizeOf = (recipe: string): number => all.filter((cell) => cell.recipe === recipe).length;
  return (most = Math.ceil(cells.length / 2)) => {
    const names: string[] = [];
    let room = most;
    for (const recipe of recipes) {
      if (sizeOf(recipe) > room) continue;
      room -= sizeOf(recipe);
      names.push(shellWord(recipe));
    }
    const first = names.length === 0 ? `RECIPE/SEED …, at most ${String(most)} of them` : names.join(' ');
    return `Submit a part first by --cell ${first}, and then the others by this command again.`;
  };
}
