/**
 * Finds the study of each run by the rule of src/runs: the file that run.json names. This file does not import
 * `vscode`.
 */
import { basename, dirname } from 'node:path';
import { fileIdentity, isSameFile, type FileIdentity } from '../../common/fileIdentity';
import { studyFolderOf } from '../../runs/finding/find';
import type { StudyEntry } from './runStore';
import type { KnownRun, StudyOfRun } from './runSummary';

interface IndexedStudy extends StudyEntry {
  readonly identity: FileIdentity;
}

export interface StudyIndex {
  /** Each file once, sorted by name. */
  readonly studies: readonly StudyEntry[];
  /** The path in `studies` of a file that was reached by another path. */
  pathOf(file: string): string;
  studyOf(run: KnownRun): Promise<StudyOfRun>;
}

/**
 * @param files study files, of which several may be one file by different paths
 * @param nameOf reads the name in a study file
 */
export async function indexStudies(
  files: Iterable<string>,
  nameOf: (file: string) => Promise<string>,
): Promise<StudyIndex> {
  const studies: IndexedStudy[] = [];
  const paths = new Map<string, string>();
  const identified = await Promise.all(
    [...new Set(files)].sort().map(async (file) => ({ file, identity: await fileIdentity(file) })),
  );
  // A file's own path comes before links to it.
  const ownFirst = [...identified].sort((a, b) => Number(isLinked(a)) - Number(isLinked(b)));
  for (const { file, identity } of ownFirst) {
    if (identity.inode === undefined) continue;
    const known = studies.find((study) => isSameFile(study.identity, identity));
    paths.set(file, known?.file ?? file);
    if (known === undefined) studies.push({ file, identity, name: await nameOf(file) });
  }
  studies.sort((a, b) => a.name.localeCompare(b.name));

  async function find(file: string): Promise<StudyEntry | undefined> {
    const known = paths.get(file);
    if (known !== undefined) return studies.find((study) => study.file === known);
    const identity = await fileIdentity(file);
    return studies.find((study) => isSameFile(study.identity, identity));
  }

  return {
    studies: studies.map(({ file, name }) => ({ file, name })),
    pathOf: (file) => paths.get(file) ?? file,
    async studyOf(run) {
      const study = run.problem === undefined ? await find(run.studyFile) : studyByFolder(run.folder, studies);
      if (study !== undefined) return { studyFile: study.file, studyName: study.name };
      const isLost = run.problem === undefined && (await fileIdentity(run.studyFile)).inode === undefined;
      return { studyFile: run.studyFile, studyName: run.studyName, ...(isLost ? { lost: true } : {}) };
    },
  };
}

function isLinked({ file, identity }: { readonly file: string; readonly identity: FileIdentity }): boolean {
  return file !== identity.path;
}

/** The study of a run whose run.json cannot be read: the only study with its folder's name. */
function studyByFolder(runFolder: string, studies: readonly StudyEntry[]): StudyEntry | undefined {
  const folder = studyFolderOf(runFolder);
  const name = basename(dirname(runFolder));
  const named = studies.filter((study) => dirname(study.file) === folder && study.name === name);
  return named.length === 1 ? named[0] : undefined;
}
