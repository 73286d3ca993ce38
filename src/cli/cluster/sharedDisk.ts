/** Whether another machine sees this one's files. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { remoteCommand } from '../../cluster';
import { writeFileAtomically } from '../../common/atomic';
import { InputError, WorkError } from '../../common/errors';

const TRIES = 3;

/**
 * @param folder one that is there, absolute @param files that the host must have as well, absolute
 * @throws InputError where it does not see them, or does not answer
 */
export async function refuseUnshared(host: string, folder: string, files: readonly string[]): Promise<void> {
  const word = randomUUID();
  const probe = join(folder, `.probe-${word}`);
  await writeFileAtomically(probe, word);
  try {
    if (!(await isRead(host, probe, word)))
      throw new InputError(`${host} does not see this folder`, {
        file: folder,
        expected: 'a disk that this machine and the cluster have at the same path',
      });
  } finally {
    await rm(probe, { force: true });
  }
  for (const file of files)
    if (!(await does(host, ['test', '-e', file])))
      throw new InputError(`${host} does not have this program`, {
        file,
        expected: 'Node at the same path on this machine and on the cluster',
        advice: 'Start EpochLens by one that both have, such as on a shared disk.',
      });
}

async function isRead(host: string, path: string, word: string): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const read = await remoteCommand(host, ['cat', path]).catch(absent);
    // Some hosts greet everybody, on the output of a command too.
    if (read?.includes(word) === true) return true;
    if (attempt === TRIES) return false;
    await setTimeout(1000);
  }
}

async function does(host: string, words: readonly string[]): Promise<boolean> {
  return (await remoteCommand(host, words).catch(absent)) !== undefined;
}

function absent(error: unknown): undefined {
  if (!(error instanceof WorkError)) throw error;
}
