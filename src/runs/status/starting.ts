/**
 * `starting.json`: says that a training is about to begin in a run folder, and of what, while it loads data and has no
 * status.json of its own. Who looks for trainings of a study, another window or a terminal, sees it from its first moment.
 */
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { writeFileAtomically } from '../../common/atomic';
import { makeFolder } from '../../common/folders';
import { identityFields } from '../../common/identitySchema';
import { identityOf, ownIdentity, processFate } from '../../common/processes';
import { readRegularFile } from '../../common/regularFile';
import { removeEmptyFolders } from '../finding/folders';
import { runPaths } from '../paths';
import { effectiveState, HEARTBEAT_LIMIT_SECONDS, readStatus } from './status';

const startingSchema = z.object({
  /** Absolute. */
  studyFile: z.string(),
  studyName: z.string(),
  architecture: z.string(),
  /** Absent where whoever announces it has not resolved the study. */
  studyHash: z.string().exactOptional(),
  ...identityFields,
  /** ISO 8601. */
  since: z.iso.datetime(),
});
export type Starting = z.output<typeof startingSchema>;

export interface Announcement {
  readonly starting: Starting;
  /** Takes it back: the training has begun, or will not. A folder that was made for it and is empty goes too. */
  withdraw(): Promise<void>;
}

/** Announces that a process, this one by default, is about to train into a run folder, which is made when it is absent. */
export async function announceTraining(
  path: string,
  {
    pid = process.pid,
    ...what
  }: Pick<Starting, 'studyFile' | 'studyName' | 'architecture' | 'studyHash'> & { pid?: number },
): Promise<Announcement> {
  const folder = resolve(path);
  const made = await makeFolder(folder);
  await removeUnbegunBeside(folder);
  const starting = {
    ...what,
    ...(pid === process.pid ? ownIdentity() : identityOf(pid)),
    since: new Date().toISOString(),
  };
  await writeFileAtomically(runPaths(folder).starting, `${JSON.stringify(starting, null, 2)}\n`, { toDisk: false });
  let withdrawn = false;
  return {
    starting,
    async withdraw() {
      if (withdrawn) return;
      withdrawn = true;
      await rm(runPaths(folder).starting, { force: true });
      if (made !== undefined) await removeEmptyFolders(folder, made);
    },
  };
}

/** What is about to begin in a run folder. Undefined where nothing is: a training runs there, or its process is gone. */
export async function readStarting(folder: string): Promise<Starting | undefined> {
  const starting = await readAnnounced(folder);
  if (starting === undefined || !isLive(starting)) return undefined;
  const status = await readStatus(folder);
  if (status === undefined) return starting;
  const hasBegun = status.pid === starting.pid && status.host === starting.host && status.startedAt >= starting.since;
  return hasBegun || effectiveState(status) === 'training' ? undefined : starting;
}

/** What was announced in a folder, whether or not its process lives. */
export async function readAnnounced(folder: string): Promise<Starting | undefined> {
  try {
    return startingSchema.safeParse(JSON.parse((await readRegularFile(runPaths(folder).starting)).toString('utf8')))
      .data;
  } catch {
    return undefined;
  }
}

/** Of a process that cannot be asked after, such as another machine's, only its age is known. */
function isLive(starting: Starting): boolean {
  const fate = processFate(starting);
  if (fate !== 'unknown') return fate === 'running';
  return Date.now() - Date.parse(starting.since) < 1000 * HEARTBEAT_LIMIT_SECONDS;
}

/** A training that was killed while it loaded data leaves a folder with its announcement, and perhaps a lock. */
async function removeUnbegunBeside(folder: string): Promise<void> {
  const parent = dirname(folder);
  for (const name of await namesIn(parent)) {
    const path = join(parent, name);
    const names = await namesIn(path);
    if (path === folder || !names.includes('starting.json') || !names.every((each) => UNBEGUN.test(each))) continue;
    const starting = await readAnnounced(path);
    if (starting?.host === hostname() && !isLive(starting)) await rm(path, { recursive: true, force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

const UNBEGUN = /^(?:starting\.json|lock-\d+|\.starting\.json\..*\.tmp)$/;
