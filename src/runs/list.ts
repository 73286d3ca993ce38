import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchitectureName } from '../architectures';
import { readStudies, readStudy, type LocatedStudy } from '../study/index';
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
  return (await openRuns(await readStudy(studyPath)))[0];
}

/**
 * The newest run of each model that a study file names, in its order: of a study of several models those that have been
 * trained, of any other the newest there is.
 */
export async function newestRunsOf(studyPath: string): Promise<Run[]> {
  const studies = await readStudies(studyPath);
  const runs = await openRuns(studies[0]);
  if (studies.length === 1) return runs.slice(0, 1);
  return studies.flatMap(({ study }) => runs.find(isOf(study.model.architecture)) ?? []);
}

/** The newest run of one of the models that a study file names; of a study of one model the newest there is. */
export async function newestRunOf(studyPath: string, architecture: ArchitectureName): Promise<Run | undefined> {
  const studies = await readStudies(studyPath);
  const runs = await openRuns(studies[0]);
  return studies.length === 1 ? runs[0] : runs.find(isOf(architecture));
}

function isOf(architecture: ArchitectureName): (run: Run) => boolean {
  return ({ study }) => study.model.architecture === architecture;
}

/** A study's runs that can be opened, the newest first. */
async function openRuns({ study, folder }: LocatedStudy): Promise<Run[]> {
  const entries = newestFirst(await runsOf(folder, study.name));
  return entries.flatMap((entry) => ('run' in entry ? [entry.run] : []));
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
