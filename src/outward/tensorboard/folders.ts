/** What the folders of runs are called, which TensorBoard shows as names: by recipe and seed, as the table of runs has them. */
import { readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { recipesOf, type RunFacts } from '../../comparison';
import { makeFolder } from '../../common/folders';
import { folderForRuns, runsFolder, type Run } from '../../runs';
import { fileError } from '../../common/systemErrors';
import { runsOfEvents } from './eventFile';

/** Where the runs of a study have theirs: FOLDER/.epochlens/tensorboard/STUDY. */
export async function tensorboardFolder({ studyFile, study }: Pick<Run, 'studyFile' | 'study'>): Promise<string> {
  const own = dirname(runsFolder(await folderForRuns(studyFile)));
  return join(own, 'tensorboard', study.name);
}

/** By run folder: "cutout, seed 3", and with the run's id where another one is called so. */
export function folderNames(facts: readonly RunFacts[]): Map<string, string> {
  const named = recipesOf(facts).flatMap(({ name, runs, repeated }) =>
    [...runs, ...repeated].map((run, at) => {
      const plain = `${name}, seed ${run.seed}`;
      return { run, text: at < runs.length ? plain : `${plain} (${run.id})` };
    }),
  );
  const used = new Set<string>();
  return new Map(
    named.map(({ run, text }) => {
      const own = fileName(text);
      const name = used.has(own.toLowerCase()) ? fileName(`${run.id} ${text}`) : own;
      used.add(name.toLowerCase());
      return [run.run, name];
    }),
  );
}

/** Where file systems allow it, and short enough for paths. */
function fileName(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what names of files must not have
  const plain = text.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '-').slice(0, 120);
  return plain.replace(/[. ]+$/, '');
}

/**
 * The folder of a run's events, made where it is absent. The one that the run has already is renamed where it is now called
 * otherwise; a name that another run's events have gets the run's id.
 * @param isFree whether nobody writes into it, so that it may be renamed
 * @throws WorkError where it cannot be made or renamed
 */
export async function folderOfRun(out: string, id: string, name: string, isFree: boolean): Promise<string> {
  const present = await readdir(out).catch((): string[] => []);
  const ids = new Map<string, readonly string[]>();
  for (const each of present) ids.set(each, await runsOfEvents(join(out, each)));
  const own = present.find((each) => ids.get(each)?.includes(id) === true);
  const isOthers = (each: string): boolean => (ids.get(each) ?? []).some((other) => other !== id);
  const wanted = isOthers(name) ? `${name} (${id})` : name;
  if (own !== undefined && (own === wanted || !isFree || present.includes(wanted))) return join(out, own);
  const folder = join(out, wanted);
  if (own === undefined) {
    await makeFolder(folder);
    return folder;
  }
  try {
    await rename(join(out, own), folder);
  } catch (error) {
    throw fileError('the folder for TensorBoard cannot be renamed', join(out, own), error);
  }
  return folder;
}
