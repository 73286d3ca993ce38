/** Reads a run folder. This file does not import `vscode`. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Run, RunManifest, RunNumbers } from '../../runs';
import { studyFolderOf } from '../../runs/finding/find';
import { runPaths } from '../../runs/paths';
import type { ImportedSummary, KnownRun, RunSummary, StudyOfRun } from './runSummary';

/** Undefined where there is no run.json (yet). */
export async function openKnownRun(folder: string): Promise<KnownRun | undefined> {
  // Loaded with the first run, because the schemas take longer to load than the activation.
  const { microBatchText, openRun, recipeSettings } = await import('../../runs');
  try {
    const run = await openRun(folder);
    const { microBatch } = run.manifest;
    const trained = {
      seed: run.manifest.seed,
      recipe: run.manifest.cell?.recipe ?? null,
      settings: recipeSettings(run.study),
    };
    return { ...known(run), trained, batches: microBatch && microBatchText(microBatch) };
  } catch (error) {
    const written = await stat(runPaths(folder).manifest).catch(() => undefined);
    if (written === undefined) return undefined;
    const studyName = basename(dirname(folder));
    return {
      folder,
      id: basename(folder),
      studyName,
      studyFile: join(studyFolderOf(folder) ?? folder, `${studyName}.epochlens.json`),
      createdAt: written.mtime.toISOString(),
      problem: messageOf(error),
    };
  }
}

function known({ folder, id, study, studyFile, manifest }: Run): KnownRun {
  const { architecture } = study.model;
  const { cell, createdAt, studyHash } = manifest;
  const named = cell && { recipe: cell.recipe, seed: cell.seed };
  return { folder, id, studyName: study.name, studyFile, studyHash, architecture, cell: named, createdAt, manifest };
}

/** A value that changes when run.json is rewritten; undefined where there is none. */
export function manifestStamp(folder: string): Promise<string | undefined> {
  return stat(runPaths(folder).manifest).then(
    ({ mtimeMs, size, ino }) => [mtimeMs, size, ino].join(' '),
    () => undefined,
  );
}

/**
 * Reads the run as it is now. A run without status.json was killed before its first step.
 * @param study its study, if that is known better than by run.json
 */
export async function readRun({ manifest, ...run }: KnownRun, study: StudyOfRun = run): Promise<RunSummary> {
  const { damageWarnings, effectiveState, listCheckpoints, readAbout, readMetricsFile, readStatus, runNumbers } =
    await import('../../runs');
  const { about, problem: aboutProblem } = await readAbout(run.folder);
  const own = { ...run, ...study, about, aboutProblem };
  const unreadable = { ...own, state: 'damaged', status: undefined, epochs: [], checkpoints: [] } as const;
  if (run.problem !== undefined) return { ...unreadable, problem: run.problem };
  const [status, metrics, checkpoints] = await Promise.all([
    readStatus(run.folder),
    readMetricsFile(run.folder).catch(messageOf),
    listCheckpoints(run.folder),
  ]);
  if (typeof metrics === 'string') return { ...unreadable, problem: metrics };
  const warnings = await damageWarnings(run.folder, metrics).catch(() => []);
  const epochs = checkpoints.map(({ epoch }) => epoch);
  const numbers = await runNumbers(run.folder, manifest ?? {}, metrics.epochs);
  return {
    ...own,
    status,
    epochs: numbers.metrics,
    state: status === undefined ? 'interrupted' : effectiveState(status),
    checkpoints: epochs,
    titles: manifest && (await titlesOf(manifest, epochs)),
    watched: manifest?.watched !== undefined,
    imported: manifest && (await importedSummary(manifest, numbers)),
    damage: warnings.length === 0 ? undefined : warnings.join(' '),
  };
}

async function titlesOf(manifest: RunManifest, epochs: readonly number[]): Promise<RunSummary['titles']> {
  const { checkpointTitle } = await import('../../runs');
  const titles = epochs.map((epoch) => [epoch, checkpointTitle(manifest, epoch)] as const);
  return Object.fromEntries(titles.filter(([epoch, title]) => title !== `Epoch ${epoch}`));
}

async function importedSummary(
  manifest: RunManifest,
  { accuracies }: RunNumbers,
): Promise<ImportedSummary | undefined> {
  if (manifest.imported === undefined) return undefined;
  const { accuracyWarnings } = await import('../../runs');
  const warnings = accuracyWarnings(manifest, accuracies);
  return { accuracies, warning: warnings.length === 0 ? undefined : warnings.join(' ') };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether anything that is shown differs. A new heartbeat alone does not count. */
export function sameRun(a: RunSummary, b: RunSummary): boolean {
  return visible(a) === visible(b);
}

function visible({ status, ...run }: RunSummary): string {
  return JSON.stringify([run, status && { ...status, heartbeat: undefined }]);
}
