/** Runs that are being imported: built in a folder that no listing shows, and given their place when they are whole. */
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ownTag, PROCESS_TAG, tagFate } from '../common/processTag';

const STAGING = new RegExp(`^\\.importing-(${PROCESS_TAG})-[0-9a-f]{6}$`);

/** A new name beside a run's place, on the same disk, of this process. */
export function stagingFolder(runFolder: string): string {
  return join(dirname(runFolder), `.importing-${ownTag()}-${randomBytes(3).toString('hex')}`);
}

/** Removes what processes of this machine that have died left among a study's runs. Never throws. */
export async function removeDeadStagings(studyRuns: string): Promise<void> {
  for (const name of await readdir(studyRuns).catch((): string[] => [])) {
    const tag = STAGING.exec(name)?.[1];
    if (tag === undefined || tagFate(tag) !== 'gone') continue;
    await rm(join(studyRuns, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Whether a folder of this name among a study's runs can be a run: one that is being imported is none yet. */
export function isRunName(name: string): boolean {
  return !name.startsWith('.');
}
