import { basename, dirname, join, resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import { isFileNetwork, type Network } from '../architectures';
import { createCache } from '../common/cache';
import { InputError } from '../common/errors';
import { fileStamp } from '../common/fileStamp';
import { hashFile } from '../common/hashFile';
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
import { networkAt } from '../networks';
import { manifestSum, RUN_FORMAT, runManifestSchema, type RunManifest } from './manifest';
import { NETWORK_FILE, runPaths } from './paths';
import { readSums } from './sums/sums';
import { assertVouched, voucherOf } from './sums/voucher';
import { studyFileAt } from './studyFile';

export interface Run {
  /** Absolute. */
  readonly folder: string;
  /** The folder's name. */
  readonly id: string;
  readonly manifest: RunManifest;
  readonly study: Study;
  readonly network: Network;
  /** Absolute; the file may have changed since, or be gone. */
  readonly studyFile: string;
  /** What the study's relative paths are relative to. */
  readonly studyFolder: string;
}

/** Its run.json alone. @throws InputError where the folder is no run's, or the file is damaged */
export async function openManifest(folder: string): Promise<RunManifest> {
  if (!(await isRunFolder(folder))) throw await notARunFolder(folder);
  return readManifest(folder);
}

/** Opens a run folder. Throws `InputError` where it is none, or where its run.json or the graph of its network is damaged. */
export async function openRun(path: string): Promise<Run> {
  const folder = resolve(path);
  const manifest = await openManifest(folder);
  await assertGraphVouched(folder, manifest);
  const studyFile = await studyFileAt(folder, manifest.studyFile);
  const { study } = manifest;
  const network = await networkIn(folder, study);
  return { folder, id: basename(folder), manifest, study, network, studyFile, studyFolder: dirname(studyFile) };
}

const GRAPH_HASHES = createCache<string>({ most: 1000, idleMilliseconds: 3_600_000 });

/** Of a network from an ONNX file: its graph must be there, as it was written. */
async function assertGraphVouched(folder: string, { study: { model } }: RunManifest): Promise<void> {
  if (!isFileNetwork(model.architecture)) return;
  const { network: path } = runPaths(folder);
  const stamp = await fileStamp(path).catch(() => undefined);
  if (stamp === undefined)
    throw new InputError('the graph of the run’s network is missing', {
      file: path,
      found: 'no such file',
      expected: 'the ONNX graph that its checkpoints are of',
      advice: 'Restore it from a copy.',
    });
  const hash = await GRAPH_HASHES.use(
    stamp,
    () => hashFile(path),
    (found) => found,
  );
  assertVouched(path, await voucherOf(folder, NETWORK_FILE, 0), hash);
}

async function networkIn(folder: string, { model }: Study): Promise<Network> {
  const { network: path } = runPaths(folder);
  return networkAt({ name: model.architecture, path }, model.inputSize);
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
