/** How far a sweep is: run folders first, then the queue, then the process that runs it. */
import type { RunStatus } from '../runs';
import type { Cell } from '../study';

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
