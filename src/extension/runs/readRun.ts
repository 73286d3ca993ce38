/** Reading a run folder. Knows nothing of `vscode`. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Run } from '../../runs';
import { runPaths } from '../../runs/paths';
import type { RunSummary } from './runSummary';

/** What run.json says, which never changes once it is there. */
export type KnownRun = Pick<RunSummary, 'folder' | 'id' | 'studyName' | 'studyFile' | 'createdAt'> &
  Pick<RunSummary, 'architecture' | 'batches' | 'problem'>;

/** Undefined where there is no run.json (yet). */
export async function openKnownRun(folder: string): Promise<KnownRun | undefined> {
  // Loaded with the first run: its schemas take longer than all of the activation.
  const { microBatchText, openRun } = await import('../../runs');
  try {
    const run = await openRun(folder);
    const { microBatch } = run.manifest;
    return { ...known(run), batches: microBatch && microBatchText(microBatch) };
  } catch (error) {
    const written = await stat(runPaths(folder).manifest).catch(() => undefined);
    if (written === undefined) return undefined;
    const studyName = basename(dirname(folder));
    return {
      ...{ folder, id: basename(folder), studyName },
      studyFile: join(studyFolderOf(folder), `${studyName}.epochlens.json`),
      createdAt: written.mtime.toISOString(),
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}

function known({ folder, id, study, studyFile, manifest }: Run): KnownRun {
  const { architecture } = study.model;
  return { folder, id, studyName: study.name, studyFile, architecture, createdAt: manifest.createdAt };
}

export function isRunFolder(folder: string): Promise<boolean> {
  return stat(runPaths(folder).manifest).then(
    () => true,
    () => false,
  );
}

/** FOLDER of FOLDER/.epochlens/runs/STUDY/RUN. */
export function studyFolderOf(runFolder: string): string {
  return resolve(runFolder, '..', '..', '..', '..');
}

/** The run as it is now. A run that never wrote its status has been killed before its first step. */
export async function readRun(run: KnownRun): Promise<RunSummary> {
  if (run.problem !== undefined)
    return { ...run, state: 'damaged', status: undefined, epochs: [], checkpoints: [], problem: run.problem };
  const { effectiveState, listCheckpoints, readMetrics, readStatus } = await import('../../runs');
  const [status, epochs, checkpoints] = await Promise.all([
    readStatus(run.folder),
    readMetrics(run.folder),
    listCheckpoints(run.folder),
  ]);
  const { folder, id, studyName, studyFile, architecture, batches, createdAt } = run;
  return {
    ...{ folder, id, studyName, studyFile, architecture, batches, createdAt, status, epochs },
    state: status === undefined ? 'interrupted' : effectiveState(status),
    checkpoints: checkpoints.map(({ epoch }) => epoch),
  };
}

/** The folders under FOLDER/.epochlens/runs/STUDY/, of all studies of these folders. */
export async function findRunFolders(studyFolders: Iterable<string>): Promise<string[]> {
  const found = [...studyFolders].map(async (folder) => {
    const runs = join(folder, '.epochlens', 'runs');
    const studies = await subfolders(runs);
    return (await Promise.all(studies.map(subfolders))).flat();
  });
  return (await Promise.all(found)).flat();
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

/** Whether anything that is shown differs. The heartbeat alone is nothing. */
export function sameRun(a: RunSummary, b: RunSummary): boolean {
  return visible(a) === visible(b);
}

function visible({ status, ...run }: RunSummary): string {
  return JSON.stringify([run, status && { ...status, heartbeat: undefined }]);
}
