/** How far a task is: its run folder first, then what it says of itself, then what the scheduler said last. */

/**
 * 'queued': the scheduler has it and has not begun it. 'running'. 'requeued': it stopped in its own way and waits to go
 * on. 'ended': its run folder says how. The others have ended without a word of their own: 'timedOut', 'outOfMemory' (which
 * a task may say itself), 'nodeFailed', 'preempted', 'cancelled', 'failed' as the scheduler says, 'lost' where it says
 * nothing.
 */
export type TaskState =
  | 'queued'
  | 'running'
  | 'requeued'
  | 'ended'
  | 'timedOut'
  | 'outOfMemory'
  | 'nodeFailed'
  | 'preempted'
  | 'cancelled'
  | 'failed'
  | 'lost';

export interface TaskProgress {
  /** The folder of job.json, absolute. */
  readonly job: string;
  /** Which of the job's tasks, from 0 on. */
  readonly index: number;
  /** As a person names it to the scheduler: "1234_5"; undefined where the submission was cut short. */
  readonly id: string | undefined;
  /** The destination for ssh; null: this machine. */
  readonly host: string | null;
  /** The name of the cluster that it was handed to; undefined where that one says none. */
  readonly cluster?: string | undefined;
  /** Whose it is in the scheduler; undefined where nobody said. */
  readonly user?: string | undefined;
  readonly state: TaskState;
  /** Where it runs or ran. */
  readonly node: string | undefined;
  /** How often it was begun anew. */
  readonly restarts: number;
  /** Why it waits, or what became of it and what to do, in a sentence or two. */
  readonly why: string | undefined;
  /** Since when that is known, ISO 8601: by the task's own word, the scheduler's, or the submission. */
  readonly since: string;
  /**
   * Until when it may have worked on its run, ISO 8601, by its node's clock as the times in its run folder are; undefined
   * where it is not known to have begun.
   */
  readonly workedUntil?: string | undefined;
  /** Whether a process of it was killed, and nobody says whether for want of memory. */
  readonly isKilled?: boolean | undefined;
  /** The file that the scheduler writes what it prints to, absolute. */
  readonly log: string;
}

const LIVE: readonly TaskState[] = ['queued', 'running', 'requeued'];

/** Whether it is the cluster's: nobody else takes up what it does. */
export function isLive(task: TaskProgress | undefined): boolean {
  return task !== undefined && LIVE.includes(task.state);
}

/**
 * Whether nobody has worked on its run after it: what became of it is then what became of the run.
 * @param heartbeat of the run, by the clock of whoever trained it last; undefined where it was never trained
 */
export function hadLastWord(
  { workedUntil, since }: Pick<TaskProgress, 'workedUntil' | 'since'>,
  heartbeat: string | undefined,
): boolean {
  return heartbeat === undefined || Date.parse(workedUntil ?? since) >= Date.parse(heartbeat);
}
