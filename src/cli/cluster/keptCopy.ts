/** Files beside the study that tasks need for as long as they wait, whatever becomes of those that they are copied from. */
import { createHash } from 'node:crypto';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileError } from '../../common/atomic';
import { WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { hashFile } from '../../common/hashFile';
import { removeDeadTemporaries, temporaryBeside } from '../../common/temporaries';

/** A file of each copy: the SHA-256 of its others, as sha256sum writes and checks them. */
export const SUMS = 'SHA256SUMS';

export interface KeptCopy {
  /** Named after the SHA-256 of its files: what is there is never written again. */
  readonly folder: string;
  /** Makes the copy, whole or not at all, where it is not there or is damaged. @throws WorkError */
  readonly keep: () => Promise<void>;
}

/**
 * Where a copy lies; nothing is written yet.
 * @param names of files in `from`, at least one @param stem the copy's path up to its sum
 * @throws what reading them throws
 */
export async function keptCopy(from: string, names: readonly string[], stem: string): Promise<KeptCopy> {
  const sums = await sumsOf(from, names);
  const folder = `${stem}-${createHash('sha256').update(sums).digest('hex').slice(0, 12)}`;
  const isWhole = (where: string): Promise<boolean> =>
    Promise.all([sumsOf(where, names), readFile(join(where, SUMS), 'utf8')]).then(
      (found) => found.every((each) => each === sums),
      () => false,
    );
  const copy = async (to: string): Promise<void> => {
    for (const name of names) {
      await makeFolder(dirname(join(to, name)));
      await copyFile(join(from, name), join(to, name));
    }
    await writeFile(join(to, SUMS), sums);
    if (!(await isWhole(to))) throw new WorkError('it was changed while it was copied', { file: from });
  };
  const keep = async (): Promise<void> => {
    if (await isWhole(folder)) return;
    await makeFolder(dirname(folder));
    await removeDeadTemporaries(dirname(folder));
    const temporary = temporaryBeside(folder);
    try {
      await copy(temporary);
      await rename(temporary, folder).catch(async () => {
        // Another process was faster, or what is there is damaged.
        if (await isWhole(folder)) return;
        await rm(folder, { recursive: true, force: true });
        await rename(temporary, folder);
      });
    } catch (error) {
      throw fileError('could not be written', folder, error);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  };
  return { folder, keep };
}

/** A line for each file. */
async function sumsOf(folder: string, names: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const name of names) lines.push(`${await hashFile(join(folder, name))}  ${name}\n`);
  return lines.join('');
}
