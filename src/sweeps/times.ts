/** How long a cell's training takes, by those of the same sweep. */
import { readMetrics } from '../runs';
import type { Cell } from '../study';
import type { RunOfCell } from './runsOfCells';

/** Seconds an epoch of the trainings that have any, each by its cell. */
export async function epochSeconds(cells: readonly Cell[], runs: ReadonlyMap<string, RunOfCell>): Promise<number[]> {
  const found = await Promise.all(
    cells.map(async ({ id }) => {
      const folder = runs.get(id)?.run.folder;
      const metrics = folder === undefined ? [] : await readMetrics(folder).catch(() => []);
      const seconds = metrics.flatMap((each) => (each.epoch > 0 && each.seconds !== null ? [each.seconds] : []));
      return seconds.length === 0 ? [] : [seconds.reduce((sum, each) => sum + each, 0) / seconds.length];
    }),
  );
  return found.flat();
}

/** Of a cell that has not begun; null where no epoch was trained yet. @param seconds see `epochSeconds` */
export function cellSeconds({ study }: Cell, seconds: readonly number[]): number | null {
  if (seconds.length === 0) return null;
  return (study.training.epochs * seconds.reduce((sum, each) => sum + each, 0)) / seconds.length;
}
