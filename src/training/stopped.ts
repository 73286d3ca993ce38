/**
 * Where a training was stopped within an epoch: all that its next step depends on, as safetensors. Which images come, how
 * they are augmented, mixed and attacked follows from the seed, the epoch and the step, so there is no generator to keep.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { InputError } from '../common/errors';
import { assertVouched, checkpointFile, readSums, STOPPED_FILE, voucherOf, writeStopped, type Run } from '../runs';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import { readWeightsFile } from '../weights/file';
import { sha256 } from '../weights/sha256';
import { parseSafetensors, serialiseSafetensors } from '../weights/safetensors';
import type { StoredDict } from '../weights/stored';
import { finiteValues, type OptimizerState } from './optimizerState';
import type { EpochSoFar, Logged } from './stepLog';
import type { TrainingNumbers } from './trainer';

/** Of an epoch, as far as it was trained. */
export interface WithinEpoch extends EpochSoFar {
  /** From 1. */
  readonly epoch: number;
  /** That its steps have taken. */
  readonly seconds: number;
  /** As far as steps.jsonl has it. */
  readonly logged: Logged;
}

/** What a training goes on from within an epoch. */
export interface Stopped {
  readonly within: WithinEpoch;
  /** What a checkpoint would hold. */
  readonly weights: Weights;
  readonly optimizer: OptimizerState;
}

const sum = z.coerce.number().refine(Number.isFinite);
const count = z.coerce.number().pipe(z.int().min(0));
const metadataSchema = z.object({
  /** `studyHash` of the run. */
  study: z.string(),
  /** SHA-256 of the checkpoint that the epoch began from; empty where nobody vouches for that one. */
  after: z.string(),
  epoch: count.pipe(z.int().min(1)),
  step: count.pipe(z.int().min(1)),
  steps: count,
  images: count,
  lossSum: sum,
  correct: sum,
  seconds: sum,
  loggedImages: count,
  loggedLossSum: sum,
  loggedCorrect: sum,
  loggedSeconds: sum,
  batchCount: count,
});

/** In place of what was kept before. @throws WorkError */
export async function keepStopped(
  { folder, manifest }: Run,
  { logged, ...within }: WithinEpoch,
  { weights, velocity, unaveraged }: TrainingNumbers,
): Promise<void> {
  const { batchCount, ...kept } = weights;
  const values = { velocity, ...(unaveraged === undefined ? kept : { ...unaveraged, ...averagesOf(kept) }) };
  const tensors = Object.entries(values).map(([name, data]) => ({ name, shape: [data.length], data }));
  const metadata: Record<keyof z.output<typeof metadataSchema>, string | number> = {
    study: manifest.studyHash,
    after: await beginning(folder, within.epoch),
    ...within,
    loggedImages: logged.images,
    loggedLossSum: logged.lossSum,
    loggedCorrect: logged.correct,
    loggedSeconds: logged.seconds,
    batchCount,
  };
  const texts = Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, String(value)]));
  await writeStopped(folder, within.epoch, serialiseSafetensors(tensors, texts));
}

/** @throws InputError where the file is damaged, of another run, or of an epoch that began from another checkpoint */
export async function readStopped({ folder, manifest, study }: Run, model: Model): Promise<Stopped> {
  const path = join(folder, STOPPED_FILE);
  const bytes = await readWeightsFile(path);
  assertVouched(path, await voucherOf(folder, STOPPED_FILE, Infinity), await sha256(bytes));
  const stored = parseSafetensors(bytes, path);
  const said = metadataSchema.safeParse(stored.metadata).data;
  if (said?.study !== manifest.studyHash) throw notOfThisRun(path, 'it is of another training');
  if (said.after !== (await beginning(folder, said.epoch)))
    throw notOfThisRun(path, `epoch ${said.epoch} began from another checkpoint`);
  const { batchCount } = said;
  const hasAverages = study.training.ema !== undefined;
  return { within: withinOf(said), ...numbersOf(stored, { batchCount, model, hasAverages, path }) };
}

type Statistics = Omit<Weights, 'batchCount'>;

function averagesOf({ parameters, means, variances }: Statistics): Record<string, Float32Array> {
  return { averagedParameters: parameters, averagedMeans: means, averagedVariances: variances };
}

/** Of the newest row: an epoch that was trained again after damage has several, and on some engines other numbers. */
async function beginning(folder: string, epoch: number): Promise<string> {
  const sums = await readSums(folder);
  return (typeof sums === 'string' ? undefined : sums.of(checkpointFile(epoch - 1))?.at(-1)) ?? '';
}

interface NumbersToRead {
  readonly batchCount: number;
  readonly model: Model;
  readonly hasAverages: boolean;
  readonly path: string;
}

function numbersOf(
  stored: StoredDict,
  { batchCount, model, hasAverages, path }: NumbersToRead,
): Omit<Stopped, 'within'> {
  const { parameterCount, statisticsCount } = model;
  const values = (name: string, length: number): Float32Array => finiteValues(stored, name, length, path);
  const velocity = values('velocity', parameterCount);
  const trained = {
    parameters: values('parameters', parameterCount),
    means: values('means', statisticsCount),
    variances: values('variances', statisticsCount),
  };
  if (!hasAverages) return { weights: { ...trained, batchCount }, optimizer: { velocity } };
  const weights = {
    parameters: values('averagedParameters', parameterCount),
    means: values('averagedMeans', statisticsCount),
    variances: values('averagedVariances', statisticsCount),
    batchCount,
  };
  return { weights, optimizer: { velocity, unaveraged: trained } };
}

function notOfThisRun(file: string, found: string): InputError {
  return new InputError('the state within an epoch is not one that this training can go on from', {
    file,
    found,
    expected: 'what this training kept when it was stopped',
  });
}

function withinOf(said: z.output<typeof metadataSchema>): WithinEpoch {
  const { epoch, step, steps, images, lossSum, correct, seconds } = said;
  const logged = {
    images: said.loggedImages,
    lossSum: said.loggedLossSum,
    correct: said.loggedCorrect,
    seconds: said.loggedSeconds,
  };
  return { epoch, step, steps, images, lossSum, correct, seconds, logged };
}
