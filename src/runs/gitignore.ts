/** `.epochlens/.gitignore`: runs neither fill `git status` nor are committed. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { writeFileAtomically } from '../common/atomic';
import { succeeds } from '../common/succeeds';

/** What `git` takes for everything in the folder, the file itself included. */
const CONTENT = '*\n';

/** The `.epochlens` that a run folder lies in, as `.epochlens/runs/STUDY/RUN`; undefined for a folder elsewhere. */
function epochlensFolderOf(runFolder: string): string | undefined {
  const runs = resolve(runFolder, '..', '..');
  const folder = dirname(runs);
  return basename(runs) === 'runs' && basename(folder) === '.epochlens' ? folder : undefined;
}

/**
 * Writes `.gitignore` into the `.epochlens` that a run folder lies in, unless there is one, of whatever content. Of a
 * run folder elsewhere nothing is written: whoever named it knows what is to become of it. A training does not fail
 * because this file cannot be written.
 */
export async function keepOutOfGit(runFolder: string): Promise<void> {
  const folder = epochlensFolderOf(runFolder);
  if (folder !== undefined) await keepWholeOutOfGit(folder);
}

/** The same of a `.epochlens` folder itself. */
export async function keepWholeOutOfGit(folder: string): Promise<void> {
  const file = join(folder, '.gitignore');
  const isThere = await succeeds(stat(file));
  if (!isThere) await writeFileAtomically(file, CONTENT).catch(() => undefined);
}

/** Removes it from a `.epochlens` that has nothing else in it. */
export async function removeLonelyGitignore(folder: string): Promise<void> {
  if (basename(folder) !== '.epochlens') return;
  const names = await readdir(folder).catch(() => []);
  if (names.length !== 1 || names[0] !== '.gitignore') return;
  const file = join(folder, '.gitignore');
  if ((await readFile(file, 'utf8').catch(() => '')) === CONTENT) await rm(file, { force: true });
}
