/** How far a cell is: its run folder first, then the queue, then the process that works on it. */
import type { TaskProgress, Tasks } from '../cluster';
import type { RunStatus } from '../runs';
import type { Cell, Sweep } from '../study';
import type { CellState } from './cellState';
import { testsKey, type Outcome, type Outcomes } from './outcomesFile';
import type { QueueFile } from './queueFile';
import type { RunnerFile } from './runnerFile';
import type { RunOfCell } from './runsOfCells';
import { stateWithTask } from './stateWithTask';
import { cellSeconds } from './times';

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
  /** Its task on a cluster, of the newest job that it is in; undefined where it was never handed over. */
  readonly task?: TaskProgress | undefined;
}

/** What the disk says of a sweep as a whole. */
export interface Known {
  readonly runs: ReadonlyMap<string, RunOfCell>;
  readonly queue: QueueFile;
  readonly runner: RunnerFile | undefined;
  readonly outcomes: Outcomes;
  readonly tasks: Tasks;
  /** See `epochSeconds`. */
  readonly seconds: readonly number[];
}

/** Of one cell, from what is known of the whole sweep. */
export function progressOf(cell: Cell, { tests }: Sweep, known: Known): CellProgress {
  const { queue, runner, runs, seconds } = known;
  const active = runner?.active.find(({ id }) => id === cell.id);
  const own = runs.get(cell.id);
  const { status } = own ?? {};
  const stored = known.outcomes[cell.id];
  // What was said of another run of the cell says nothing of this one, and of one that is gone its tests say nothing.
  const isMeant = own === undefined ? stored?.failed === 'training' : stored?.run === own.run.folder;
  const outcome = isMeant ? stored : undefined;
  const isWanted = queue.order.includes(cell.id);
  const ofDisk = stateOnDisk(own, outcome, testsKey(cell, tests));
  const task = known.tasks.get(cell.id);
  const ofTask = stateWithTask(ofDisk, task, {
    isTrained: own?.state === 'finished',
    heartbeat: status?.heartbeat,
  });
  const ofBoth = ofTask?.state ?? ofDisk;
  // What failed waits again only where somebody takes it up.
  const waits = isWanted && (ofBoth === 'new' || runner !== undefined);
  const state =
    active?.phase ??
    (isSettled(ofBoth)
      ? ofBoth
      : waits
        ? 'queued'
        : ofBoth === 'new' && queue.cancelled.includes(cell.id)
          ? 'cancelled'
          : ofBoth);
  return {
    cell,
    state,
    run: own?.run.folder ?? active?.run,
    status,
    error: state === 'failed' ? (ofTask?.error ?? outcome?.error ?? status?.error) : undefined,
    secondsLeft:
      state === 'training' ? (status?.secondsLeft ?? null) : isToCome(state) ? cellSeconds(cell, seconds) : null,
    ...(task !== undefined && { task }),
  };
}

/** The queue here changes nothing of it. */
function isSettled(state: CellState): boolean {
  return state === 'done' || state === 'training' || state === 'testing';
}

function stateOnDisk(own: RunOfCell | undefined, outcome: Outcome | undefined, tests: string | undefined): CellState {
  if (own?.state === 'training') return 'training';
  // Whoever goes on with a run that had failed may bring it to its end; tests that are no longer asked for do not count.
  const isMended =
    own?.state === 'cancelled' ||
    (own?.state === 'finished' && (outcome?.failed === 'training' || tests === undefined));
  if (outcome?.error !== undefined && !isMended) return 'failed';
  if (own === undefined) return 'new';
  if (own.state !== 'finished') return own.state;
  return tests === undefined || outcome?.tested === tests ? 'done' : 'new';
}

function isToCome(state: CellState): boolean {
  return state === 'queued' || state === 'new';
}
