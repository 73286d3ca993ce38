/** Sweeps in a state, for tests of what is said and shown of them. */
import type { CellProgress, CellState, SweepState } from '../../../../src/sweeps/sweepState';
import { parseStudy } from '../../../../src/study';

const parsed = parseStudy('{ "training": { "epochs": 4 } }', '/w/s.epochlens.json');
if (!parsed.ok) throw new Error('the study of these tests');
const { study } = parsed;

/** Cells of the recipes "a" and "b" in turn, with the seeds 1, 1, 2, 2, …; their ids are c0, c1, … */
export function sweepOf(
  states: readonly CellState[],
  { secondsLeft = null, isRunning = false }: { secondsLeft?: number | null; isRunning?: boolean } = {},
): SweepState {
  return {
    studyFile: '/w/s.epochlens.json',
    studyName: 's',
    recipes: ['a', 'b'],
    seeds: [1, 2],
    baseline: 'a',
    cells: states.map((state, index) => cellOf(index, { state })),
    paused: false,
    runner: isRunning
      ? { pid: 1, host: 'here', startedAt: '2026-01-01T00:00:00.000Z', jobs: 2, waiting: undefined }
      : undefined,
    secondsLeft,
    folder: '/w/.epochlens/sweeps/s',
  };
}

export function cellOf(index: number, progress: Partial<CellProgress>): CellProgress {
  const recipe = index % 2 === 0 ? 'a' : 'b';
  return {
    cell: { id: `c${String(index)}`, recipe, seed: 1 + Math.floor(index / 2), settings: {}, study },
    state: 'new',
    run: undefined,
    status: undefined,
    error: undefined,
    secondsLeft: null,
    ...progress,
  };
}
