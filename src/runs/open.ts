import { basename, dirname, join, resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import { InputError } from '../common/errors';
import { fileStamp } from '../common/fileStamp';
import { kindOf } from '../common/regularFile';
import {
  checkJson,
  contradictionProblems,
  contradictions,
  inputError,
  readTextFile,
  resolveStudy,
  studyHash,
  type Study,
} from '../study/index';
import { manifestSum, RUN_FORMAT, runManifestSchema, type RunManifest } from './manifest';
import { runPaths } from './paths';
import { readSums } from './sums/sums';
import { studyFileAt } from './studyFile';

export interface Run {
  /** Absolute. */
  readonly folder: string;
  /** The folder's name. */
  readonly id: string;
  readonly manifest: RunManifest;
  readonly study: Study;
  /** Absolute; the file may have changed since, or be gone. */
  readonly studyFile: string;
  /** What the study's relative paths are relative to. */
  readonly studyFolder: string;
}

/** Opens a run folder. Throws `InputError` where it is none, or its run.json is damaged. */
export async function openRun(path: string): Promise<Run> {
  const folder = resolve(path);
  if (!(await isRunFolder(folder))) throw await notARunFolder(path);
  const manifest = await readManifest(folder);
  const studyFile = await studyFileAt(folder, manifest.studyFile);
  return { folder, id: basename(folder), manifest, study: manifest.study, studyFile, studyFolder: dirname(studyFile) };
}

export async function isRunFolder(folder: string): Promise<boolean> {
  return stat(runPaths(folder).manifest).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

async function notARunFolder(path: string): Promise<InputError> {
  const stats = await stat(runPaths(path).manifest).catch(() => undefined);
  return new InputError('this is not a run folder', {
    file: path,
    found: stats === undefined ? 'no run.json in it' : `a run.json that is ${kindOf(stats)}`,
    expected: 'a run folder',
    advice: `Name a folder such as ${join('.epochlens', 'runs', 'STUDY', 'RUN')}, or a study file for its newest run.`,
  });
}

function damagedManifest(path: string): InputError {
  return new InputError("the run's manifest is damaged, or was edited: it is not as it was written", {
    file: path,
    place: '"sum"',
    found: 'fields that its sum is not of',
    expected: 'those that were written',
    advice: 'Restore it from a copy. Its checkpoints are not affected: epochlens import makes a new run of them.',
  });
}

/** Those that were read, by path: checking one takes longer than all else of a request for what is kept. */
const READ = new Map<string, { readonly stamp: string; readonly manifest: RunManifest }>();
const MOST_READ = 1000;

/** Checked again only when the file has changed. */
async function readManifest(folder: string): Promise<RunManifest> {
  const path = runPaths(folder).manifest;
  const stamp = await fileStamp(path).catch(() => undefined);
  const known = READ.get(path);
  if (stamp !== undefined && known?.stamp === stamp) return known.manifest;
  const manifest = await checkManifest(path);
  if (READ.size >= MOST_READ) READ.clear();
  if (stamp !== undefined) READ.set(path, { stamp, manifest });
  return manifest;
}

/** Whether the run was made by a version that gave its run.json a sum. */
async function hasSumsFromTheBeginning(manifest: string): Promise<boolean> {
  const sums = await readSums(dirname(manifest));
  return typeof sums !== 'string' && sums.since === 0;
}

async function checkManifest(path: string): Promise<RunManifest> {
  const checked = checkJson(await readTextFile(path, "the run's manifest"), runManifestSchema);
  if (!checked.ok) throw inputError(path, checked.problems);
  const { value, raw, json } = checked;
  if (value.format > RUN_FORMAT) {
    const found = `format ${String(value.format)}`;
    const advice = 'A newer EpochLens wrote it: update this one.';
    throw new InputError('the run is of a newer format', {
      file: path,
      found,
      expected: `at most ${String(RUN_FORMAT)}`,
      advice,
    });
  }
  if (value.sum === undefined ? await hasSumsFromTheBeginning(path) : value.sum !== manifestSum(raw as object))
    throw damagedManifest(path);
  const wrong = contradictionProblems(
    json,
    contradictions(value.study).map((each) => ({ ...each, path: ['study', ...each.path] })),
  );
  if (wrong.length > 0) throw inputError(path, wrong);
  const study = resolveStudy(value.study, value.studyFile);
  return { ...value, study, studyHash: value.studyHash ?? studyHash(study) };
}
