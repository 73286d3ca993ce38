/** `tasks/INDEX.json` beside `job.json`: what a task says of itself. Written by it alone, on its node. */
import * as z from 'zod';

export const TASK_FORMAT = 1;

/** The `error` of a task that was told to end and not to go on. */
export const CANCELLED = 'It was cancelled.';

export const taskFileSchema = z.object({
  format: z.int().min(1),
  /** The node's name for the scheduler. */
  node: z.string(),
  /** The scheduler's number of the job that it runs in: of a task that went on by a chained job another than the array's. */
  jobId: z.string(),
  /** How often it was begun anew. */
  restarts: z.int().min(0),
  startedAt: z.iso.datetime(),
  /** When it last said so. */
  heartbeat: z.iso.datetime(),
  /**
   * 'requeued': it stopped in its own way, and the scheduler begins it again, in the job `jobId` or, where a job may not be
   * requeued, in `chained`. 'ended': it needs nothing more of the scheduler; how its cell ended its run folder says.
   */
  state: z.enum(['running', 'requeued', 'ended']),
  /** That its share is kept, of a task that computes one: it may still have to put all together, and ends after that. */
  computed: z.literal(true).exactOptional(),
  chained: z.string().exactOptional(),
  /** How far what it works on was when it stopped, a word: two turns that end with the same one have gained nothing. */
  gained: z.string().exactOptional(),
  /**
   * That it was told to stop, written at once, as it may be killed before it has stopped: why by the scheduler's line in
   * its log, 'unknown' where there is none.
   */
  told: z.enum(['cancelled', 'timeIsUp', 'begunAnew', 'unknown']).exactOptional(),
  /** Why it ended otherwise than well, a sentence. */
  error: z.string().exactOptional(),
  /** That this was a process of it being killed: for want of memory by what its node counts, 'unknown' where it does not. */
  killed: z.enum(['outOfMemory', 'unknown']).exactOptional(),
});
export type TaskFile = z.output<typeof taskFileSchema>;
