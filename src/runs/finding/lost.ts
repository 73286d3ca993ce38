/**
 * Runs whose study file is gone, renamed or moved by something that did not say so, or deleted; and those whose file was
 * renamed while another took its name.
 */
import { dirname } from 'node:path';
import { fileIdentity, isSameFile } from '../../common/fileIdentity';
import { readAllStudies, studyHash, type Study } from '../../study/index';
import { foldersOf } from './find';
import { listRuns, runsAsFound } from './list';
import type { Run } from '../open';

/** What tells whether a study may be what a run was of. */
interface Likeness {
  readonly name: string;
  /** See `studyHash`. */
  readonly hash: string;
}

/** What a study is known by after its file was renamed. */
export function likenessOf(study: Study): Likeness {
  return { name: study.name, hash: studyHash(study) };
}

/** Whether a lost run may be of one of these studies: of the same name, or trained by the same settings. */
export function mayBeOf(run: Likeness, studies: readonly Likeness[]): boolean {
  return studies.some(({ name, hash }) => name === run.name || hash === run.hash);
}

/** The lost runs beside a study file that may be its, the newest first. @param studies of the file's models */
export async function lostRunsFor(studyPath: string, studies: readonly Study[]): Promise<Run[]> {
  const likenesses = studies.map(likenessOf);
  const entries = await listRuns(...(await foldersOf(studyPath)));
  const runs = entries.flatMap((entry) => ('run' in entry ? [entry.run] : []));
  const replaced = await replacedInFavourOf(studyPath, runs);
  const lost = await Promise.all(
    runs.map(async (run) => {
      if (replaced.has(run.folder)) return true;
      const isAlike = mayBeOf({ name: run.study.name, hash: run.manifest.studyHash }, likenesses);
      return isAlike && (await isGone(run.studyFile));
    }),
  );
  return runs.filter((_, index) => lost[index]);
}

/** The folders of runs that name other study files beside this one, and are of this: see `replacedRuns`. */
async function replacedInFavourOf(studyPath: string, runs: readonly Run[]): Promise<Set<string>> {
  const own = await fileIdentity(studyPath);
  const files = [...new Set(runs.map(({ studyFile }) => studyFile))];
  const found = files.map(async (file): Promise<string[]> => {
    if (dirname(file) !== dirname(studyPath) || isSameFile(await fileIdentity(file), own)) return [];
    const studies = await readAllStudies(file).catch(() => undefined);
    const { replaced } = studies === undefined ? { replaced: [] } : await runsAsFound(studies);
    const mine = await Promise.all(
      replaced.map(async ({ formerFile }) => isSameFile(await fileIdentity(formerFile), own)),
    );
    return replaced.filter((_, index) => mine[index]).map(({ run }) => run.folder);
  });
  return new Set((await Promise.all(found)).flat());
}

export async function isGone(studyFile: string): Promise<boolean> {
  return (await fileIdentity(studyFile)).inode === undefined;
}
