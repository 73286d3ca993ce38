import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readStudies, readStudy } from '../study/index';
import { isRunFolder, openRun, type Run } from './open';

/** A run folder that was found: opened, or the reason why it cannot be. */
export type RunEntry = { readonly folder: string; readonly id: string; readonly studyName: string } & (
  { readonly run: Run } | { readonly problem: string }
);

/** Where the runs of the studies beside it lie; with a name, of that study. */
export function runsFolder(studyFolder: string, studyName?: string): string {
  return join(studyFolder, '.epochlens', 'runs', ...(studyName === undefined ? [] : [studyName]));
}

/** All runs of the studies in a folder, the newest first. */
export async function listRuns(studyFolder: string): Promise<RunEntry[]> {
  const names = await subfolders(runsFolder(studyFolder));
  const entries = await Promise.all(names.map((name) => runsOf(studyFolder, name)));
  return newestFirst(entries.flat());
}

/** The newest run of a study file that can be opened. */
export async function newestRun(studyPath: string): Promise<Run | undefined> {
  const { study, folder } = await readStudy(studyPath);
  const entries = newestFirst(await runsOf(folder, study.name));
  return entries.flatMap((entry) => ('run' in entry ? [entry.run] : []))[0];
}

/**
 * The newest run of each model that a study file names, in its order: of a study of several models those that have been
 * trained, of any other the newest there is.
 */
export async function newestRunsOf(studyPath: string): Promise<Run[]> {
  const studies = await readStudies(studyPath);
  const [{ study, folder }] = studies;
  const entries = newestFirst(await runsOf(folder, study.name));
  const runs = entries.flatMap((entry) => ('run' in entry ? [entry.run] : []));
  if (studies.length === 1) return runs.slice(0, 1);
  return studies.flatMap(
    (each) => runs.find((run) => run.study.model.architecture === each.study.model.architecture) ?? [],
  );
}

async function runsOf(studyFolder: string, studyName: string): Promise<RunEntry[]> {
  const parent = runsFolder(studyFolder, studyName);
  const entries = (await subfolders(parent)).map(async (id): Promise<RunEntry[]> => {
    const folder = join(parent, id);
    if (!(await isRunFolder(folder))) return [];
    return openRun(folder).then(
      (run) => [{ folder, id, studyName, run }],
      (error: unknown) => [{ folder, id, studyName, problem: error instanceof Error ? error.message : String(error) }],
    );
  });
  return (await Promise.all(entries)).flat();
}

/** By the time in run.json; a damaged one by its name. */
function newestFirst(entries: readonly RunEntry[]): RunEntry[] {
  const age = (entry: RunEntry): string =>
    'run' in entry ? entry.run.manifest.createdAt.replace(/[-:T]/g, '') : entry.id.replace('-', '');
  return [...entries].sort((a, b) => compare(age(b), age(a)) || compare(b.id, a.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
