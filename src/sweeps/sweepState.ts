/** How far a sweep is: run folders first, then the queue, then the process that runs it. */
import type { RunStatus } from '../runs';
import { readStudyFile, type Cell, type StudiesInFile, type Sweep } from '../study';
import { readQueue } from './changeQueue';
import { readOutcomes, testsKey, type Outcome, type Outcomes } from './outcomesFile';
import { emptyQueue, type QueueFile } from './queueFile';
import { readRunner, type RunnerFile } from './runnerFile';
import { runsOfCells, type RunOfCell } from './runsOfCells';
import { sweepFolder } from './sweepPaths';
import { cellSeconds, epochSeconds } from './times';

/**
 * 'new': nobody asked for it yet. 'queued': it waits its turn. 'training', 'testing': a process works on it. 'done': it is
 * trained to the end, and tested as the sweep asks. 'failed', 'cancelled', 'interrupted': as its newest run says.
 */
export type CellState = 'new' | 'queued' | 'training' | 'testing' | 'done' | 'failed' | 'cancelled' | 'interrupted';

export interface CellProgress {
  readonly cell: Cell;
  readonly state: CellState;
  /** The run folder, absolute, once there is one: the newest one of this cell. */
  readonly run: string | undefined;
  readonly status: RunStatus | undefined;
  /** What its training or its tests ended by, a sentence. */
  readonly error: string | undefined;
  /** Of this cell alone, from now on; null where nobody can say. */
  readonly secondsLeft: number | null;
}

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
  /** In the order in which they are or would be trained. */
  readonly cells: readonly CellProgress[];
  readonly paused: boolean;
  /** Undefined where none runs. */
  readonly runner: Runner | undefined;
  /** Of all that is queued or runs; null where nobody can say. */
  readonly secondsLeft: number | null;
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

/** The same of a file that was read. */
export async function stateOf({ studies, sweep }: StudiesInFile & { readonly sweep: Sweep }): Promise<SweepState> {
  const { path, study } = studies[0];
  const folder = await sweepFolder(studies[0]);
  const [runs, queue = emptyQueue(path), runner, outcomes] = await Promise.all([
    runsOfCells(path),
    readQueue(folder),
    readRunner(folder),
    readOutcomes(folder),
  ]);
  const seconds = await epochSeconds(sweep.cells, runs);
  const places = new Map(queue.order.map((id, place) => [id, place]));
  const place = ({ id }: Cell): number => places.get(id) ?? Infinity;
  const inOrder = [...sweep.cells].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
  const cells = inOrder.map((cell) => progressOf(cell, sweep, { runs, queue, runner, outcomes, seconds }));
  const { pid, host, startedAt, jobs = 1, waiting } = runner ?? {};
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
    folder,
  };
}

interface Known {
  readonly runs: ReadonlyMap<string, RunOfCell>;
  readonly queue: QueueFile;
  readonly runner: RunnerFile | undefined;
  readonly outcomes: Outcomes;
  readonly seconds: readonly number[];
}

function progressOf(cell: Cell, { tests }: Sweep, known: Known): CellProgress {
  const { queue, runner, runs, seconds } = known;
  const active = runner?.active.find(({ id }) => id === cell.id);
  const own = runs.get(cell.id);
  const { status } = own ?? {};
  const stored = known.outcomes[cell.id];
  // What was said of another run of the cell says nothing of this one.
  const outcome = own === undefined || stored?.run === own.run.folder ? stored : undefined;
  const isWanted = queue.order.includes(cell.id);
  const ofDisk = stateOnDisk(own, outcome, testsKey(cell, tests));
  // What failed waits again only where somebody takes it up.
  const waits = isWanted && (ofDisk === 'new' || runner !== undefined);
  const state =
    active?.phase ??
    (ofDisk === 'done' || ofDisk === 'training'
      ? ofDisk
      : waits
        ? 'queued'
        : ofDisk === 'new' && queue.cancelled.includes(cell.id)
          ? 'cancelled'
          : ofDisk);
  return {
    cell,
    state,
    run: own?.run.folder ?? active?.run,
    status,
    error: state === 'failed' ? (outcome?.error ?? status?.error) : undefined,
    secondsLeft:
      state === 'training' ? (status?.secondsLeft ?? null) : isToCome(state) ? cellSeconds(cell, seconds) : null,
  };
}

function stateOnDisk(own: RunOfCell | undefined, outcome: Outcome | undefined, tests: string | undefined): CellState {
  if (own?.state === 'training') return 'training';
  // Whoever goes on with a run that had failed may bring it to its end.
  const isMended = own?.state === 'cancelled' || (own?.state === 'finished' && outcome?.failed === 'training');
  if (outcome?.error !== undefined && !isMended) return 'failed';
  if (own === undefined) return 'new';
  if (own.state !== 'finished') return own.state;
  return tests === undefined || outcome?.tested === tests ? 'done' : 'new';
}

function isToCome(state: CellState): boolean {
  return state === 'queued' || state === 'new';
}

function secondsOf(cells: readonly CellProgress[], jobs: number): number | null {
  const asked = cells.filter(({ state }) => state === 'queued' || state === 'training');
  if (asked.some(({ secondsLeft }) => secondsLeft === null)) return null;
  return asked.reduce((sum, { secondsLeft }) => sum + (secondsLeft ?? 0), 0) / jobs;
}
