/**
 * `seen.json` beside `job.json`: what the scheduler last said of the tasks, so that it is not asked again. Written by
 * whoever asks it, at most once a minute.
 */
import * as z from 'zod';

export const SEEN_FORMAT = 1;

export const seenFileSchema = z.object({
  format: z.int().min(1),
  /** When the scheduler was asked. */
  at: z.iso.datetime(),
  /** By the tasks' indices. Those that the scheduler no longer knows, and of which it last knew no end, are absent. */
  tasks: z.record(
    z.string(),
    z.object({
      /** Slurm's word: PENDING, RUNNING, REQUEUED, TIMEOUT, OUT_OF_MEMORY, NODE_FAIL, CANCELLED, FAILED, COMPLETED… */
      state: z.string(),
      /** Why it waits, or how it ended. */
      reason: z.string(),
      node: z.string(),
      /** When it is thought to begin. */
      starts: z.string().exactOptional(),
    }),
  ),
});
export type SeenFile = z.output<typeof seenFileSchema>;
