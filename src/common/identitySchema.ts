/** How files say which process something belongs to: see `ProcessIdentity`. */
import * as z from 'zod';

export const identityFields = {
  pid: z.int().min(1),
  /** The machine that the process runs on: its id means nothing elsewhere. */
  host: z.string(),
  /** When the process started, which tells it from another of the same id. Absent where an older program wrote it. */
  processStart: z.string().exactOptional(),
  /** Of a process in a task of Slurm's. */
  slurm: z.object({ job: z.string(), cluster: z.string().exactOptional(), restarts: z.int().min(0) }).exactOptional(),
};
