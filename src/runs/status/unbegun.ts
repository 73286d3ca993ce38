/** Folders of trainings that never became runs: their processes were killed while they loaded data. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { processFate } from '../../common/processes';
import { readAnnounced } from './starting';

/**
 * The newest folder in which a training of this study was announced and did not come so far as run.json. One whose process
 * lives is none. That of another machine's process cannot be asked after: call it only where nobody else trains the study.
 * @param beside the folder of runs
 */
export async function unbegunRun(beside: string, studyHash: string): Promise<string | undefined> {
  for (const name of (await namesIn(beside)).sort().reverse()) {
    const folder = join(beside, name);
    if ((await namesIn(folder)).includes('run.json')) continue;
    const starting = await readAnnounced(folder);
    if (starting?.studyHash === studyHash && processFate(starting) !== 'running') return folder;
  }
  return undefined;
}

/** Of a training that has ended: removes its folder where it holds no more than its announcement, a lock and a log. */
export async function dropUnbegun(folder: string): Promise<void> {
  if ((await namesIn(folder)).every((name) => UNBEGUN.test(name))) await rm(folder, { recursive: true, force: true });
}

const UNBEGUN = /^(?:starting\.json|log\.txt|lock-\d+|\.starting\.json\..*\.tmp)$/;

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
