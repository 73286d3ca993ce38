/** Runs whose study file is gone: renamed or moved by something that did not say so, or deleted. */
import { fileIdentity } from '../common/fileIdentity';
import { studyHash, type Study } from '../study/index';
import { foldersOf, listRuns } from './list';
import type { Run } from './open';

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
  const alike = entries.flatMap((entry) =>
    'run' in entry && mayBeOf({ name: entry.run.study.name, hash: entry.run.manifest.studyHash }, likenesses)
      ? [entry.run]
      : [],
  );
  const gone = await Promise.all(alike.map(({ studyFile }) => isGone(studyFile)));
  return alike.filter((_, index) => gone[index]);
}

export async function isGone(studyFile: string): Promise<boolean> {
  return (await fileIdentity(studyFile)).inode === undefined;
}
