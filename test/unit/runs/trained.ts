/** A finished run of any bytes: what a run's files are to be held against needs no training. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { writeEpoch, writeStatus, type Run } from '../../../src/runs';
import { jsonResults, loadBinaryResults, storeBinaryResult } from '../../../src/runs/results/results';
import { makeRun, makeStudy } from './fixture';

/** Test accuracy by epoch: the best one twice. */
const ACCURACIES = [10, 40, 60, 60, 50];

interface TrainedOptions {
  readonly epochs?: number;
  readonly state?: 'finished' | 'cancelled';
}

export async function trainedRun({ epochs = 4, state = 'finished' }: TrainedOptions = {}): Promise<Run> {
  const run = await makeRun(await makeStudy('{"training":{"epochs":4}}'));
  for (let epoch = 0; epoch <= epochs; epoch++) await trainEpoch(run, epoch);
  await endRun(run, epochs, state);
  const tests = jsonResults('robustness', z.object({ accuracy: z.number() }), (inputs: object) => inputs);
  await tests.store(run.folder, { checkpoint: 'c' }, { accuracy: 3 });
  await storeBinaryResult(run.folder, 'heatmaps', { checkpoint: 'c' }, Uint8Array.of(1, 2, 3, 4));
  return run;
}

export async function trainEpoch({ folder }: Run, epoch: number): Promise<void> {
  const losses = { trainLoss: 1, trainAccuracy: 50, testLoss: 1, learningRate: 0.1, seconds: 1, imagesPerSecond: 1 };
  await writeEpoch(folder, {
    epoch,
    checkpoint: Buffer.from(`checkpoint ${epoch} `.repeat(20)),
    optimizerState: Buffer.from(`velocity ${epoch} `.repeat(20)),
    metrics: { epoch, testAccuracy: ACCURACIES[epoch] ?? 0, ...losses },
  });
}

export async function endRun({ folder }: Run, epoch: number, state: 'finished' | 'cancelled'): Promise<void> {
  const startedAt = new Date().toISOString();
  const steps = { step: 0, stepsPerEpoch: 1, imagesPerSecond: null, secondsLeft: null };
  await writeStatus(folder, { state, startedAt, epoch, epochs: 4, ...steps });
}

export async function flipBit({ folder }: Run, file: string, at = 0.5): Promise<void> {
  const bytes = await readFile(join(folder, file));
  const place = Math.floor(bytes.length * at);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  await writeFile(join(folder, file), bytes);
}

/** @param edit of the file's lines, each without its end */
export async function editLines({ folder }: Run, file: string, edit: (lines: string[]) => string[]): Promise<void> {
  const path = join(folder, file);
  const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1);
  await writeFile(
    path,
    edit(lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

/** Makes it a run of a version that kept no sums. */
export async function withoutSums({ folder }: Run): Promise<void> {
  await rm(join(folder, 'sums.jsonl'));
  const path = join(folder, 'run.json');
  const fields = JSON.parse(await readFile(path, 'utf8')) as object;
  await writeFile(path, JSON.stringify({ ...fields, sum: undefined }));
}

/** Undefined where none are kept. */
export async function loadedBytes(
  folder: string,
  kind: string,
  ...inputs: unknown[]
): Promise<(Uint8Array | undefined)[]> {
  const loaded = new Array<Uint8Array | undefined>(inputs.length).fill(undefined);
  await loadBinaryResults(folder, kind, inputs, (bytes, at) => void (loaded[at] = bytes.slice()));
  return loaded;
}
