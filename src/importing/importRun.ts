/** Checkpoints of others' as a run like any other: a study file, and a run folder that was never trained into. */
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createFileAtomically, fileError } from '../common/atomic';
import { canonicalJson } from '../common/canonicalJson';
import { CancelledError, InputError } from '../common/errors';
import { makeFolder } from '../common/folders';
import {
  createRun,
  listRuns,
  newRunFolder,
  openRun,
  removeDeadStagings,
  removeEmptyFolders,
  stagingFolder,
  writeStatus,
  type ImportedFile,
  type Run,
} from '../runs';
import { studyHash, type LocatedStudy } from '../study';
import { kindOf, readClassNames, type Dataset } from '../datasets';
import { describeDataset } from '../datasets/runData';
import { createModel } from '../models/model';
import { graphBytesOf, readNetwork } from '../networks';
import { inputOf } from '../weights/fromStudy';
import { yieldToEvents } from '../common/yieldToEvents';
import { importCheckpoint } from './importCheckpoint';
import type { FoundCheckpoint, Inspection } from './inspect';
import { createMeter } from './measure';
import { studyIsThere } from './newStudy';

export interface ImportPlan {
  readonly inspection: Inspection;
  /** Where the checkpoints came from, as the person named it. */
  readonly from: string;
  readonly located: LocatedStudy;
  /** The text of a study file that is to be written; undefined where the study is there already. */
  readonly studyText: string | undefined;
  /** Undefined where the data are not at hand. */
  readonly dataset: Dataset | undefined;
  /** Starts the engine that measures the checkpoints on the test images; undefined where they are not to be measured. */
  readonly start: (() => Promise<unknown>) | undefined;
  readonly versions: Readonly<Record<string, string>>;
}

export interface ImportWatch {
  readonly signal?: AbortSignal | undefined;
  /** Checkpoints. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
  /** Test images that the next checkpoint has predicted. */
  readonly measured?: ((checkpoint: FoundCheckpoint, done: number, of: number) => void) | undefined;
  /** Told of what a person should know. */
  readonly onWarning?: ((text: string) => void) | undefined;
}

/**
 * The run is built aside and given its place when it is whole, then the study file. Of an import that fails, is cancelled
 * or killed nothing stays that could be taken for one: what a killed one has built is removed by the next import or
 * training of the study.
 * @throws InputError, WorkError, CancelledError
 */
export async function importRun(plan: ImportPlan, watch: ImportWatch = {}): Promise<Run> {
  await refuseOtherClasses(plan);
  const earlier = await runWithoutStudy(plan);
  if (earlier !== undefined) {
    await writeStudyFile(plan);
    return earlier;
  }
  const folder = await newRunFolder(plan.located);
  const made = await makeFolder(dirname(folder));
  await removeDeadStagings(dirname(folder));
  const staging = stagingFolder(folder);
  try {
    await writeRun(plan, staging, watch);
    refuseIfCancelled(watch);
    await giveItsPlace(staging, folder);
    refuseIfCancelled(watch);
    await writeStudyFile(plan);
    return await openRun(folder);
  } catch (error) {
    for (const path of [staging, folder]) await rm(path, { recursive: true, force: true });
    if (made !== undefined) await removeEmptyFolders(dirname(folder), made);
    throw error;
  }
}

async function refuseOtherClasses(plan: ImportPlan): Promise<void> {
  const { inspection, located } = plan;
  const { classes, checkpoints } = inspection;
  const { study } = located;
  const expected = (await namesOfClasses(plan)).length;
  if (classes === expected) return;
  throw new InputError('a classifier of other classes than the data’s', {
    file: checkpoints[0]?.path ?? '',
    found: `${classes} classes`,
    expected: `${expected}, of ${kindOf(study.dataset).title}`,
    advice: 'To start a training from it, name it in a study’s model.weights: its classifier is then replaced.',
  });
}

function refuseIfCancelled({ signal }: ImportWatch): void {
  if (signal?.aborted === true) throw new CancelledError();
}

/** What an import of the same files left that was killed when only the study file was missing. */
async function runWithoutStudy(plan: ImportPlan): Promise<Run | undefined> {
  if (plan.studyText === undefined) return undefined;
  const { located, study, dataset, imported } = await contentOf(plan);
  const wanted = canonicalJson([studyHash(study), dataset, imported]);
  const runs = (await listRuns(located.folder)).flatMap((entry) => ('run' in entry ? [entry.run] : []));
  return runs.find(
    ({ studyFile, manifest }) =>
      studyFile === located.path && canonicalJson([manifest.studyHash, manifest.dataset, manifest.imported]) === wanted,
  );
}

async function giveItsPlace(staging: string, folder: string): Promise<void> {
  await rename(staging, folder).catch((error: unknown) => {
    throw fileError('the imported run cannot be given its place', folder, error);
  });
}

async function writeStudyFile({ located: { path }, studyText }: ImportPlan): Promise<void> {
  if (studyText === undefined) return;
  await makeFolder(dirname(path));
  if (!(await createFileAtomically(path, studyText))) throw studyIsThere(path);
}

async function writeRun(plan: ImportPlan, folder: string, watch: ImportWatch): Promise<void> {
  const { signal, progress } = watch;
  const { inspection, located } = plan;
  const { checkpoints, network } = inspection;
  const last = checkpoints.at(-1)?.epoch ?? 0;
  const startedAt = new Date().toISOString();
  const { study, dataset, imported } = await contentOf(plan);
  await createRun({
    folder,
    located: { ...located, study },
    dataset,
    engine: { name: 'none', version: 'imported', device: 'trained elsewhere' },
    versions: plan.versions,
    imported,
    graph: network.file && (await graphBytesOf(network.file)),
  });
  const { inputSize } = located.study.model;
  const fileNames = network.file && (await readNetwork(network.file.path, inputSize)).fileNames;
  const model = createModel(network, inputSize, dataset.classNames.length);
  const input = inputOf(located.study);
  const measuring = plan.dataset && plan.start && { dataset: plan.dataset, start: plan.start };
  const meter = measuring && (await createMeter(model, input, measuring));
  for (const [index, checkpoint] of checkpoints.entries()) {
    refuseIfCancelled(watch);
    progress?.(index, checkpoints.length);
    await importCheckpoint({ folder, model, input, meter, fileNames }, checkpoint, {
      signal,
      progress: (done, of) => watch.measured?.(checkpoint, done, of),
      onWarning: watch.onWarning,
    });
    await yieldToEvents();
  }
  progress?.(checkpoints.length, checkpoints.length);
  const steps = { step: 0, stepsPerEpoch: 0, imagesPerSecond: null, secondsLeft: null };
  await writeStatus(folder, { state: 'finished', startedAt, epoch: last, epochs: last, ...steps });
}

/** What tells an import from others of the same study. */
async function contentOf(plan: ImportPlan) {
  const { inspection, from, located } = plan;
  const files = inspection.checkpoints.map(
    ({ epoch, path, sha256, stateDict, claimed, weights, epochFrom }): ImportedFile => ({
      epoch,
      file: path,
      sha256,
      ...(stateDict === undefined ? {} : { stateDict }),
      claimed,
      epochFrom,
      ...(weights === undefined ? {} : { weights }),
    }),
  );
  const study = withEpochs(located.study, inspection.checkpoints.at(-1)?.epoch ?? 0);
  return { located, study, dataset: await datasetOf(plan), imported: { from, files } };
}

/** The run's own study ends with its last checkpoint: what is asked for later must not be past the training's end. */
function withEpochs(study: LocatedStudy['study'], last: number): LocatedStudy['study'] {
  const epochs = Math.max(study.training.epochs, last);
  return { ...study, training: { ...study.training, epochs } };
}

/** Those that the data set says; the classes' numbers where its folder, which alone says them, is not at hand. */
function namesOfClasses({ dataset, inspection: { classes }, located: { study, folder } }: ImportPlan) {
  return (
    dataset?.classNames ??
    readClassNames(study.dataset, folder).catch(() => Array.from({ length: classes }, (_, index) => String(index)))
  );
}

async function datasetOf(plan: ImportPlan) {
  const { dataset, located } = plan;
  if (dataset !== undefined) return describeDataset(dataset);
  const { kind } = located.study.dataset;
  const classNames = await namesOfClasses(plan);
  return { kind, classNames, fingerprint: '', description: 'not at hand when the checkpoints were imported' };
}
