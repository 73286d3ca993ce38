import { basename, dirname } from 'node:path';
import type { NetworkName } from '../../architectures';
import { readAllStudies, readStudies, type LocatedStudy } from '../../study/index';
import { findRunFolders, foldersOf } from './find';
import { isRunFolder, openRun, type Run } from '../open';
import { replacedRuns, runsNaming, type ReplacedRun } from './replaced';

/** A run folder that was found: opened, or the reason why it cannot be. */
export type RunEntry = {
  readonly folder: string;
  readonly id: string;
  /** The folder that it lies in, which has the name of its study when it was started. */
  readonly parent: string;
} & ({ readonly run: Run } | { readonly problem: string });

/** All runs of the studies in some folders, the newest first. */
export async function listRuns(...studyFolders: string[]): Promise<RunEntry[]> {
  const folders = await findRunFolders(studyFolders);
  return newestFirst((await Promise.all(folders.map(entryOf))).flat());
}

/**
 * The runs of a study file that can be opened, the newest first: those beside it whose run.json names this file, whatever
 * the study's name is and was.
 */
export async function runsOfStudy(studyPath: string): Promise<Run[]> {
  return runsNaming(studyPath, await runsBeside(studyPath));
}

async function runsBeside(studyPath: string): Promise<Run[]> {
  const entries = await listRuns(...(await foldersOf(studyPath)));
  return entries.flatMap((entry) => ('run' in entry ? [entry.run] : []));
}

/**
 * The runs that a study file's run.json files name, the newest first, told apart by whether they are its.
 * @param studies see `readAllStudies`
 */
export async function runsAsFound(
  studies: readonly [LocatedStudy, ...LocatedStudy[]],
): Promise<{ readonly own: Run[]; readonly replaced: ReplacedRun[] }> {
  const [{ path, study }, ...others] = studies;
  const beside = await runsBeside(path);
  const named = await runsNaming(path, beside);
  const file = { path, studies: [study, ...others.map((other) => other.study)] } as const;
  const replaced = await replacedRuns(file, named, beside);
  const gone = new Set(replaced.map(({ run }) => run.folder));
  return { own: named.filter(({ folder }) => !gone.has(folder)), replaced };
}

/**
 * Why runs beside a study file that are newer than its newest cannot be opened: runs of its name, so that they may be
 * its, and would be taken in that one's place. @param newest undefined where it has none
 */
export async function newerProblems({ path, study }: LocatedStudy, newest: Run | undefined): Promise<string[]> {
  const entries = await listRuns(...(await foldersOf(path)));
  const at = entries.findIndex((entry) => 'run' in entry && entry.folder === newest?.folder);
  const newer = at === -1 ? entries : entries.slice(0, at);
  return newer.flatMap((entry) => ('problem' in entry && entry.parent === study.name ? [entry.problem] : []));
}

/**
 * The newest run of each model that a study file names, in its order: of a study of several models those that have been
 * trained, of any other the newest there is. Runs of a file that had its name before are left out: see `replacedRuns`.
 */
export async function newestRunsOf(studyPath: string): Promise<Run[]> {
  const studies = await readStudies(studyPath);
  const { own: runs } = await runsAsFound(await readAllStudies(studyPath));
  if (studies.length === 1) return runs.slice(0, 1);
  return studies.flatMap(({ study }) => runs.find(isOf(study.model.architecture)) ?? []);
}

/** The newest run of one of the models that a study file names; of a study of one model the newest there is. */
export async function newestRunOf(studyPath: string, architecture: NetworkName): Promise<Run | undefined> {
  const studies = await readStudies(studyPath);
  const runs = await runsOfStudy(studies[0].path);
  return studies.length === 1 ? runs[0] : runs.find(isOf(architecture));
}

function isOf(architecture: NetworkName): (run: Run) => boolean {
  return ({ study }) => study.model.architecture === architecture;
}

async function entryOf(folder: string): Promise<RunEntry[]> {
  if (!(await isRunFolder(folder))) return [];
  const place = { folder, id: basename(folder), parent: basename(dirname(folder)) };
  return openRun(folder).then(
    (run) => [{ ...place, run }],
    (error: unknown) => [{ ...place, problem: error instanceof Error ? error.message : String(error) }],
  );
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
