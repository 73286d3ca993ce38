import type { JobFile, TaskFile } from '../../cluster';

/** One beginning of a task. */
export interface Turn {
  /** The job's. */
  readonly folder: string;
  readonly index: number;
  readonly job: JobFile;
  readonly task: TaskFile;
  /** What its last turn said, of a task that was begun anew. */
  readonly before: TaskFile | undefined;
  /** What was added to its log in this turn: what it printed, and what the scheduler wrote there. */
  readonly log: () => Promise<string>;
}
