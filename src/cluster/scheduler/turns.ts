/**
 * Of all processes that want to ask a scheduler the same, one does: whoever makes the question's file. Nobody waits for it
 * or takes over from it; where it dies, the next question has its own.
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeFolder } from '../../common/folders';
import { errorCode } from '../../common/reasons';
import { fileError } from '../../common/systemErrors';
import { schedulerFile, schedulersFolder } from './schedulerFiles';

const ENDING = '.asked';

/**
 * @param question a word of its own for each time that it may be asked
 * @throws WorkError where nothing can be written, as where a share of the disk is used up: nobody would ever ask
 */
export async function isOurTurn(host: string | null, question: string): Promise<boolean> {
  await makeFolder(schedulersFolder());
  const path = schedulerFile(host, `${question}${ENDING}`);
  try {
    await writeFile(path, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw fileError('could not be written', path, error);
  }
}

/** Removes the files of all questions to a scheduler but one. */
export async function forgetTurns(host: string | null, but: string): Promise<void> {
  const own = basename(schedulerFile(host, `${but}${ENDING}`));
  const [key = ''] = own.split('.');
  const names = await readdir(schedulersFolder()).catch((): string[] => []);
  const old = names.filter((name) => name.startsWith(`${key}.`) && name.endsWith(ENDING) && name !== own);
  for (const name of old) await rm(join(schedulersFolder(), name), { force: true }).catch(() => undefined);
}
