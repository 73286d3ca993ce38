/** How far a sweep is: run folders first, then the queue, then the process that runs it. */
import { isLive, schedulerProblem, tasksOf, unknownJobProblem, unreadableJobs, type TaskProgress } from '../cluster';
import { readStudyFile, type Cell, type StudiesInFile, type Sweep } from '../study';
import { progressOf, type CellProgress } from './cellProgress';
import { readQueue } from './changeQueue';
import { readOutcomes } from './outcomesFile';
import { emptyQueue } from './queueFile';
import { readRunner } from './runnerFile';
import { runsOfCells } from './runsOfCells';
import { sweepFolder } from './sweepPaths';
import { epochSeconds } from './times';

export type { CellProgress } from './cellProgress';
export type { CellState } from './cellState';

/** The process that runs a sweep, from runner.json beside the queue. */
export interface Runner {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Trainings at once. */
  readonly jobs: number;
  /** Why it does not start more, a sentence: "paused", memory, another training of this machine. */
  readonly waiting: string | undefined;
}

export interface SweepState {
  /** Absolute. */
  readonly studyFile: string;
  readonly studyName: string;
  readonly recipes: readonly string[];
  readonly seeds: readonly number[];
  readonly baseline: string;
  /** Those that run, those that wait in their order, and then the others. */
  readonly cells: readonly CellProgress[];
  readonly paused: boolean;
  /** Undefined where none runs. */
  readonly runner: Runner | undefined;
  /** Of all that is queued or runs; null where nobody can say. */
  readonly secondsLeft: number | null;
  /** Tasks that go on of cells that the study has no more: it was edited since. Absent: none. */
  readonly tasksWithoutCell?: readonly TaskProgress[] | undefined;
  /** Why what is said of tasks on a cluster may be old or lack some, a sentence: no answer, or a job that nobody can read. */
  readonly schedulerProblem?: string | undefined;
  /** The folder of queue.json and log.txt, absolute. */
  readonly folder: string;
}

/**
 * How far a study's sweep is at this moment, whether or not a process runs it. Undefined where the file has no sweep.
 * @throws InputError where the file cannot be read
 */
export async function readSweepState(studyFile: string): Promise<SweepState | undefined> {
  const inFile = await readStudyFile(studyFile);
  return inFile.sweep && stateOf({ ...inFile, sweep: inFile.sweep });
}

/** The same of a file that was read. @param through see `lookAtScheduler` */
export async function stateOf(
  { studies, sweep }: StudiesInFile & { readonly sweep: Sweep },
  through: string | null = null,
): Promise<SweepState> {
  const { path, study } = studies[0];
  const folder = await sweepFolder(path);
  // A task ends after it has written its cell's outcome: of one that is read as ended the outcome is there to be read.
  const tasks = await tasksOf(folder);
  const [runs, queue = emptyQueue(path), runner, outcomes] = await Promise.all([
    runsOfCells(path),
    readQueue(folder),
    readRunner(folder),
    readOutcomes(folder),
  ]);
  const seconds = await epochSeconds(sweep.cells, runs);
  const places = new Map(queue.order.map((id, place) => [id, place]));
  const running = new Set(runner?.active.map(({ id }) => id));
  const place = ({ id }: Cell): number => (running.has(id) ? -1 : (places.get(id) ?? Infinity));
  const inOrder = [...sweep.cells].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
  const cells = inOrder.map((cell) => progressOf(cell, sweep, { runs, queue, runner, outcomes, tasks, seconds }));
  const { pid, host, startedAt, jobs = 1, waiting } = runner ?? {};
  const live = [...tasks].filter(([, task]) => isLive(task));
  const ids = new Set(sweep.cells.map(({ id }) => id));
  const withoutCell = live.flatMap(([id, task]) => (ids.has(id) ? [] : [task]));
  const problems = await problemsOf(
    folder,
    live.map(([, task]) => task),
    through,
  );
  return {
    studyFile: path,
    studyName: study.name,
    recipes: sweep.recipes,
    seeds: sweep.seeds,
    baseline: sweep.baseline,
    cells,
    paused: queue.paused,
    runner:
      pid === undefined || host === undefined || startedAt === undefined
        ? undefined
        : { pid, host, startedAt, jobs, waiting },
    secondsLeft: secondsOf(cells, jobs),
    tasksWithoutCell: withoutCell,
    schedulerProblem: problems.length === 0 ? undefined : problems.join(' '),
    folder,
  };
}

async function problemsOf(
  folder: string,
  live: readonly TaskProgress[],
  through: string | null,
): Promise<readonly string[]> {
  const unreadable = await unreadableJobs(folder, through);
  const problems = [await unknownJobProblem(unreadable), await schedulerProblem(live, through, unreadable.hosts)];
  return problems.filter((problem) => problem !== undefined);
}

/** Those on a cluster run beside those here, as many at once as do at this moment. */
function secondsOf(cells: readonly CellProgress[], jobs: number): number | null {
  const asked = cells.filter(({ state }) => state === 'queued' || state === 'training');
  if (asked.some(({ secondsLeft }) => secondsLeft === null)) return null;
  const away = asked.filter(({ task }) => isLive(task));
  const here = asked.filter((each) => !away.includes(each));
  const atOnce = away.filter(({ task }) => task?.state === 'running').length;
  return Math.max(sumOf(here) / jobs, sumOf(away) / Math.max(1, atOnce));
}

function sumOf(cells: readonly CellProgress[]): number {
  return cells.reduce((sum, { secondsLeft }) => sum + (secondsLeft ?? 0), 0);
}
