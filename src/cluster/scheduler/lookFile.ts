/** What `squeue` last said, and when it may be asked again: one file a scheduler, in the user's cache folder. */
import * as z from 'zod';
import { makeFolder } from '../../common/folders';
import { readJson, writeJson } from '../../common/jsonFile';
import { schedulerFile, schedulersFolder } from './schedulerFiles';

const LOOK_FORMAT = 1;

const lookSchema = z.object({
  format: z.literal(LOOK_FORMAT),
  /** When it answered last, ISO 8601; null: never yet. */
  at: z.nullable(z.iso.datetime()),
  /** Of our own jobs, as `parseQueue` reads them. */
  lines: z.array(
    z.object({
      job: z.string(),
      index: z.nullable(z.int()),
      id: z.string(),
      state: z.string(),
      reason: z.string(),
      node: z.string(),
      starts: z.string().optional(),
      name: z.string(),
    }),
  ),
  /** Answers in a row that failed or took long. */
  troubles: z.int().min(0),
  /** What was wrong with the last one, a sentence; null: nothing. */
  problem: z.nullable(z.string()),
  /** When it was asked last, and had answered or failed to. */
  askedAt: z.iso.datetime(),
});
export type Look = z.output<typeof lookSchema>;

/** Undefined where nobody has asked yet. @param host the destination for ssh; null: this machine */
export function readLook(host: string | null): Promise<Look | undefined> {
  return readJson(schedulerFile(host, 'json'), lookSchema);
}

export async function writeLook(host: string | null, look: Omit<Look, 'format'>): Promise<void> {
  await makeFolder(schedulersFolder());
  await writeJson(schedulerFile(host, 'json'), { format: LOOK_FORMAT, ...look }, false);
}
