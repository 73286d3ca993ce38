/** Giving a run to another study file: its own was renamed or moved. */
import { lstat, readFile, realpath, rename, symlink, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { errorCode } from '../../common/atomic';
import { fileIdentity, isSameFile, realPathOf } from '../../common/fileIdentity';
import { makeFolder } from '../../common/folders';
import { relativePathsOf, type Study } from '../../study/index';
import { findRunFolders, foldersOf, runsFolder, studyFolderOf, folderForRuns } from './find';
import { removeEmptyFolders } from './folders';
import { succeeds } from '../../common/succeeds';
import { runHolder } from '../locks/holder';
import { writeManifest, writeUnvouchedManifest, type StoredManifest } from '../manifest';
import { openRun, type Run } from '../open';
import { runPaths } from '../paths';
import { effectiveState, readStatus } from '../status/status';
import { studyFileFrom } from '../studyFile';

export interface Adoption {
  /** The run as it is now; it may lie in another folder. */
  readonly run: Run;
  readonly before: Run;
  /** Why it does not lie beside its study file, and is found by its folder alone. Undefined where the study file finds it. */
  readonly apart: Apart | undefined;
}

/** A training uses the run; its place beside the study is taken; it lies apart from any study; or on another disk. */
export type Apart =
  | { readonly why: 'used' | 'alone' | 'disk' }
  | { readonly why: 'taken'; /** What is there, absolute. */ readonly place: string };

/** "a training uses it", for a person. */
export function apartText(apart: Apart): string {
  switch (apart.why) {
    case 'used':
      return 'a training uses it';
    case 'taken':
      return `there is something of its name at its place already (${apart.place})`;
    case 'alone':
      return 'it lies apart from any study';
    case 'disk':
      return 'it lies on another disk, or may not be moved';
  }
}

/**
 * Makes run.json name another study file, and changes nothing else.
 * @throws InputError where run.json is damaged, which a new sum of it would hide; WorkError where it cannot be written
 */
export async function adoptRun({ folder }: Pick<Run, 'folder'>, studyFile: string): Promise<Run> {
  const { sum } = (await openRun(folder)).manifest;
  const stored = JSON.parse(await readFile(runPaths(folder).manifest, 'utf8')) as StoredManifest;
  const write = sum === undefined ? writeUnvouchedManifest : writeManifest;
  await write(folder, { ...stored, studyFile: await studyFileFrom(folder, resolve(studyFile)) });
  return openRun(folder);
}

/**
 * Gives a run to a study file, and brings it beside that where it lies beside another and nobody trains it.
 * @throws WorkError where a file cannot be written
 */
export async function bringToStudy(run: Run, studyFile: string): Promise<Adoption> {
  const file = resolve(studyFile);
  const moved = (await liesBeside(run.folder, file)) ? run : await bring(run, file);
  const adopted = await adoptRun('folder' in moved ? moved : run, file);
  return { run: adopted, before: run, apart: 'folder' in moved ? undefined : moved };
}

/** Where it lies now, or why it lies where it was. */
async function bring(run: Run, studyFile: string): Promise<Pick<Run, 'folder'> | Apart> {
  if (studyFolderOf(run.folder) === undefined) return { why: 'alone' };
  const parent = runsFolder(await folderForRuns(studyFile), basename(dirname(run.folder)));
  const folder = join(parent, run.id);
  // A link to nothing takes a place, too.
  if (await succeeds(lstat(folder))) return { why: 'taken', place: folder };
  if (await isUsed(run.folder)) return { why: 'used' };
  return (await moveFolder(run.folder, folder)) ? { folder } : { why: 'disk' };
}

/** Whether a search from the study file comes to the run folder. */
async function liesBeside(runFolder: string, studyFile: string): Promise<boolean> {
  const [own, ...found] = await Promise.all(
    [runFolder, ...(await findRunFolders(await foldersOf(studyFile)))].map((folder) => realPathOf(folder)),
  );
  return own !== undefined && found.includes(own);
}

/** Whether a training uses it. */
async function isUsed(folder: string): Promise<boolean> {
  const status = await readStatus(folder);
  if (status !== undefined && effectiveState(status) === 'training') return true;
  return (await runHolder(folder)) !== undefined;
}

/** Moves a run folder, or the link that leads to it, within its file system; answers false where it is on another. */
async function moveFolder(from: string, to: string): Promise<boolean> {
  const made = await makeFolder(dirname(to));
  try {
    if ((await lstat(from)).isSymbolicLink()) {
      await symlink(await realpath(from), to, 'dir');
      await unlink(from);
    } else {
      await rename(from, to);
    }
  } catch (error) {
    if (made !== undefined) await removeEmptyFolders(dirname(to), made);
    if (['EXDEV', 'EBUSY', 'EPERM', 'EACCES'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
  const studyFolder = studyFolderOf(from);
  if (studyFolder !== undefined) await removeEmptyFolders(dirname(from), dirname(runsFolder(studyFolder)));
  return true;
}

/** Of the paths that a study names from its own folder, those that mean other places from another folder. */
export async function dataElsewhere(study: Study, from: string, to: string): Promise<string[]> {
  const elsewhere = await Promise.all(
    relativePathsOf(study).map(async (path) => {
      const before = await fileIdentity(resolve(from, path));
      const isThere = before.inode !== undefined;
      return isThere && !isSameFile(before, await fileIdentity(resolve(to, path))) ? [path] : [];
    }),
  );
  return elsewhere.flat();
}
