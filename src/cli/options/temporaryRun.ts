/** Weights that are no run's as a run for as long as a command lasts, so that all that is asked of runs can be asked of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import packageJson from '../../../package.json';
import type { NetworkName } from '../../architectures';
import { InputError } from '../../common/errors';
import { hashFile } from '../../common/hashFile';
import { kindOf, loadDataset, readClassNames } from '../../datasets';
import { describeDataset } from '../../datasets/runData';
import { graphBytesOf } from '../../networks';
import { createRun, openRun, writeEpoch, writeStatus, type Run } from '../../runs';
import { readStudy, type Normalization } from '../../study';
import { serialiseCheckpoint } from '../../weights/checkpoint';
import type { StartEngine } from '../computing';
import type { Output } from '../printing/output';
import { decideTwins } from './decideTwins';
import { namedNetwork, type InputOptions } from './namedNetwork';

export interface WeightsOptions extends Omit<InputOptions, 'data'> {
  readonly architecture?: NetworkName;
  /** The layer that is looked at. */
  readonly layer?: string;
}

/**
 * @param studyFile whose data, perturbations and images are meant: its model is left aside
 * @param work what is done with the run, of which nothing is left behind
 * @throws InputError where the weights are of other classes than the study's data
 */
export async function withTemporaryRun<Result>(
  studyFile: string,
  weights: string,
  { architecture, layer = 'auto', ...options }: WeightsOptions,
  { output, signal, start }: { readonly output: Output; readonly signal: AbortSignal; readonly start: StartEngine },
  work: (run: Run) => Promise<Result>,
): Promise<Result> {
  const located = await readStudy(studyFile);
  const named = await namedNetwork(weights, architecture, options, output);
  const { classes } = named.model;
  const expected = (await readClassNames(located.study.dataset, located.folder)).length;
  if (classes !== expected) {
    throw new InputError('a classifier of other classes than the data’s', {
      file: weights,
      found: `${classes} classes`,
      expected: `${expected}, of ${kindOf(located.study.dataset).title}`,
    });
  }
  const dataset = await loadDataset(located.study.dataset, { studyFolder: located.folder, sets: 'any' });
  const file = { path: weights, stateDict: options.stateDict };
  const { model, input, checkpoint } = await decideTwins(named, file, dataset, { output, signal, start });
  const folder = await mkdtemp(join(tmpdir(), 'epochlens-weights-'));
  try {
    const normalization: Normalization = { mean: [...input.mean], std: [...input.std] };
    const source = resolve(weights);
    const study = {
      ...located.study,
      model: { architecture: model.network.name, weights: source, inputSize: input.inputSize, normalization },
      explain: { ...located.study.explain, checkpoints: 'all' as const, layer },
    };
    const run = await createRun({
      folder: join(folder, 'run'),
      located: { ...located, study },
      graph: model.network.file && (await graphBytesOf(model.network.file)),
      dataset: describeDataset(dataset),
      engine: { name: 'none', version: 'imported', device: 'trained elsewhere' },
      versions: { epochlens: packageJson.version, node: process.versions.node },
      imported: {
        from: source,
        files: [{ epoch: 1, file: source, sha256: await hashFile(source), epochFrom: 'nothing' }],
      },
    });
    const bytes = serialiseCheckpoint(model, checkpoint.weights, { epoch: '1' });
    await writeEpoch(run.folder, { epoch: 1, checkpoint: bytes, optimizerState: undefined, metrics: undefined });
    const steps = { step: 0, stepsPerEpoch: 0, imagesPerSecond: null, secondsLeft: null };
    const startedAt = new Date().toISOString();
    await writeStatus(run.folder, { state: 'finished', startedAt, epoch: 1, epochs: 1, ...steps });
    return await work(await openRun(run.folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
