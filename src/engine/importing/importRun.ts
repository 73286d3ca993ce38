/** Checkpoints of others' as a run like any other: a study file, and a run folder that was never trained into. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { writeFileAtomically } from '../../common/atomic';
import { CancelledError, InputError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { createRun, newRunFolder, removeEmptyFolders, writeEpoch, writeStatus, type Run } from '../../runs';
import { parseStudy, STUDY_SUFFIX, type DatasetSettings, type LocatedStudy, type Normalization } from '../../study';
import { CIFAR10_CLASSES, SYNTHETIC_CLASSES, type Dataset } from '../data';
import { describeDataset } from '../data/runData';
import { modelOf } from '../fromStudy';
import { pause } from '../pause';
import { readCheckpoint, serialiseCheckpoint } from '../weights/checkpoint';
import type { FoundCheckpoint, Inspection } from './inspect';
import { importedStudyText } from './studyText';

export interface ImportPlan {
  readonly inspection: Inspection;
  /** Where the checkpoints came from, as the person named it. */
  readonly from: string;
  readonly located: LocatedStudy;
  /** The text of a study file that is to be written; undefined where the study is there already. */
  readonly studyText: string | undefined;
  /** Undefined where the data are not at hand. */
  readonly dataset: Dataset | undefined;
  readonly versions: Readonly<Record<string, string>>;
}

export interface ImportWatch {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

export interface NewStudy {
  /** Its file's name without the ending. */
  readonly name: string;
  /** Where the file is to lie. */
  readonly folder: string;
  readonly dataset: DatasetSettings;
  readonly normalization: Normalization;
  readonly inputSize: number | undefined;
}

/** A study for checkpoints that belong to none. @throws InputError where there is a file of its name */
export function newStudy(
  inspection: Inspection,
  from: string,
  wanted: NewStudy,
): { located: LocatedStudy; text: string } {
  const folder = resolve(wanted.folder);
  const path = join(folder, `${wanted.name}${STUDY_SUFFIX}`);
  if (existsSync(path)) {
    throw new InputError('there is a study of this name already', {
      file: path,
      advice: 'Import into it by --study, or give another name by --name.',
    });
  }
  const text = importedStudyText(inspection, from, wanted);
  const parsed = parseStudy(text, path);
  if (!parsed.ok) throw new Error(`not a study: ${JSON.stringify(parsed.problems)}`);
  return { located: { study: parsed.study, path, folder, modelPath: ['model'] }, text };
}

/** Nothing stays of an import that fails or is cancelled. @throws InputError, WorkError, CancelledError */
export async function importRun(plan: ImportPlan, watch: ImportWatch = {}): Promise<Run> {
  const { located, studyText } = plan;
  const folder = newRunFolder(located);
  const made = await makeFolder(folder);
  try {
    const run = await writeRun(plan, folder, watch);
    if (studyText !== undefined) {
      await makeFolder(dirname(located.path));
      await writeFileAtomically(located.path, studyText);
    }
    return run;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (made !== undefined && made !== folder) await removeEmptyFolders(dirname(folder), made);
    throw error;
  }
}

async function writeRun(plan: ImportPlan, folder: string, { signal, progress }: ImportWatch): Promise<Run> {
  const { inspection, located } = plan;
  const { checkpoints } = inspection;
  const last = checkpoints.at(-1)?.epoch ?? 0;
  const startedAt = new Date().toISOString();
  const run = await createRun({
    folder,
    located: { ...located, study: withEpochs(located.study, last) },
    dataset: datasetOf(plan),
    engine: { name: 'none', version: 'imported', device: 'trained elsewhere' },
    versions: plan.versions,
    imported: { from: plan.from, files: checkpoints.map(({ epoch, path, sha256 }) => ({ epoch, file: path, sha256 })) },
  });
  const model = modelOf(located.study);
  for (const [index, checkpoint] of checkpoints.entries()) {
    if (signal?.aborted === true) throw new CancelledError();
    progress?.(index, checkpoints.length);
    const { epoch, path, testAccuracy } = checkpoint;
    const { weights } = await readCheckpoint(path, model);
    const accuracy = testAccuracy === null ? {} : { testAccuracy: String(testAccuracy) };
    await writeEpoch(folder, {
      epoch,
      checkpoint: serialiseCheckpoint(model, weights, { epoch: String(epoch), ...accuracy }),
      optimizerState: undefined,
      metrics: isMeasured(checkpoint) ? metricsOf(checkpoint) : undefined,
    });
    await pause();
  }
  progress?.(checkpoints.length, checkpoints.length);
  const steps = { step: 0, stepsPerEpoch: 0, imagesPerSecond: null, secondsLeft: null };
  await writeStatus(folder, { state: 'finished', startedAt, epoch: last, epochs: last, ...steps });
  return run;
}

/** The run's own study ends with its last checkpoint: what is asked for later must not be past the training's end. */
function withEpochs(study: LocatedStudy['study'], last: number): LocatedStudy['study'] {
  const epochs = Math.max(study.training.epochs, last);
  return { ...study, training: { ...study.training, epochs } };
}

function datasetOf({ dataset, located: { study } }: ImportPlan) {
  if (dataset !== undefined) return describeDataset(dataset);
  const { kind } = study.dataset;
  const classNames = kind === 'cifar10' ? CIFAR10_CLASSES : SYNTHETIC_CLASSES;
  return { kind, classNames, fingerprint: '', description: 'not at hand when the checkpoints were imported' };
}

function isMeasured({ testAccuracy, testLoss, trainLoss }: FoundCheckpoint): boolean {
  return testAccuracy !== null || testLoss !== null || trainLoss !== null;
}

function metricsOf({ epoch, testAccuracy, testLoss, trainLoss }: FoundCheckpoint) {
  const unknown = { trainAccuracy: null, learningRate: null, seconds: null, imagesPerSecond: null };
  return { epoch, trainLoss, testLoss, testAccuracy, ...unknown };
}

/** The folder as a study file names it: from the study's own where it lies within, else absolute. */
export function folderFrom(studyFolder: string, folder: string): string {
  const way = relative(resolve(studyFolder), resolve(folder));
  return way === '' || way.startsWith('..') || way.includes(':') ? resolve(folder) : way.split(sep).join('/');
}
