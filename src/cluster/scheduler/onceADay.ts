/** A word of a scheduler that hardly ever changes, kept in the user's cache folder. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { isReportedError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { schedulerFile, schedulersFolder } from './schedulerFiles';

const REMEMBERED_MILLISECONDS = 24 * 3_600_000;
const AGAIN_MILLISECONDS = 60_000;

/**
 * Asked once a day, and where nobody answers at most once a minute; undefined where nobody says.
 * @param host the destination for ssh; null: this machine @param ending of the file
 */
export async function onceADay(
  host: string | null,
  ending: string,
  ask: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const path = schedulerFile(host, ending);
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => Infinity,
  );
  const known = age < REMEMBERED_MILLISECONDS ? await readFile(path, 'utf8').catch(() => '') : '';
  if (known !== '' || age < AGAIN_MILLISECONDS) return known === '' ? undefined : known;
  try {
    const said = await ask();
    await remember(path, said ?? '');
    return said;
  } catch (error) {
    if (!isReportedError(error)) throw error;
    await remember(path, '');
    return undefined;
  }
}

/** That it cannot be remembered costs a question. */
async function remember(path: string, word: string): Promise<void> {
  await makeFolder(schedulersFolder())
    .then(() => writeFile(path, word))
    .catch(() => undefined);
}
