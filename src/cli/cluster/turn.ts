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
}
