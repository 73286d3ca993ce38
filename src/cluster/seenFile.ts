/**
 * `seen.json` beside `job.json`: what the scheduler last said of the tasks, so that it is not asked again. Written by
 * whoever asks it, at most once a minute, and only where it says something else than before.
 */
import * as z from 'zod';

export const SEEN_FORMAT = 1;

const seenTaskSchema = z.object({
  /**
   * Slurm's word: PENDING, RUNNING, REQUEUED, TIMEOUT, OUT_OF_MEMORY, NODE_FAIL, CANCELLED, FAILED, COMPLETED…, or our
   * own GONE: it is not in the queue any more, and nobody says how it ended.
   */
  state: z.string(),
  /** Why it waits, or how it ended. */
  reason: z.string(),
  node: z.string(),
  /** When it is thought to begin. */
  starts: z.string().exactOptional(),
  /** Since when it has been said, ISO 8601; the file's `at` where absent. */
  at: z.iso.datetime().exactOptional(),
  /** The scheduler's number of the job that it was said of: a task that goes on by a chained job is in another. */
  job: z.string().exactOptional(),
  /**
   * Which turn of the task it was said of, where its own file was there: when that turn began, by the node's clock, which
   * may differ from the clock of `at`.
   */
  turn: z.iso.datetime().exactOptional(),
  /** As Slurm writes how a program ended: "1:0", "0:9". */
  exit: z.string().exactOptional(),
  /** Since when it has been missing from the queue, without an end of which anybody knows. */
  missingSince: z.iso.datetime().exactOptional(),
});
export type SeenTask = z.output<typeof seenTaskSchema>;

export const seenFileSchema = z.object({
  format: z.int().min(1),
  /** When the scheduler was asked. */
  at: z.iso.datetime(),
  /** By the tasks' indices. Those that it was not asked of, or that the scheduler has not shown yet, are absent. */
  tasks: z.record(z.string(), seenTaskSchema),
});
export type SeenFile = z.output<typeof seenFileSchema>;
