/**
 * `.epochlens/sweeps/FILE/queue.json`: what people want of a sweep. Written whole by the command line and the editor, under
 * a lock; the process that runs the sweep reads it again whenever it changes.
 */
import * as z from 'zod';

export const QUEUE_FORMAT = 1;

export const queueFileSchema = z.object({
  format: z.int().min(1),
  /** Relative to the folder of queue.json, with '/', or absolute. */
  studyFile: z.string(),
  /** Ids of cells that are to be trained, in this order; others of the study wait until they are asked for. */
  order: z.array(z.string()),
  /** Nothing new is started; what runs goes on to its end. */
  paused: z.boolean(),
  /** Of cells whose training is to be stopped, or not to be started. */
  cancelled: z.array(z.string()),
  /** How many trainings run at once; null: as many as memory and cores allow. */
  jobs: z.nullable(z.int().min(1).max(64)),
  engine: z.enum(['auto', 'native', 'embedded']),
});
export type QueueFile = z.output<typeof queueFileSchema>;

/** A queue that nobody has asked anything of. @param studyFile absolute */
export function emptyQueue(studyFile: string): QueueFile {
  return { format: QUEUE_FORMAT, studyFile, order: [], paused: false, cancelled: [], jobs: null, engine: 'auto' };
}
