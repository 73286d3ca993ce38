import { resolve } from 'node:path';
import type { Command } from 'commander';
import packageJson from '../../../package.json';
import { CancelledError, InputError } from '../../common/errors';
import { startEngine } from '../../engine/backend/start';
import type { Engine, EngineChoice } from '../../engine/backend/engine';
import { loadDataset, type Dataset } from '../../engine/data';
import { initialWeightsOf, modelOf } from '../../engine/fromStudy';
import { checkBatchSize } from '../../engine/training/batches';
import { train } from '../../engine/training/train';
import { createRun, lockRun, newRunFolder, newestRun, openRun, type Run } from '../../runs';
import { readStudy, studyHash, type LocatedStudy } from '../../study';
import { engineChoice } from '../arguments';
import { abortOnInterrupt } from '../interrupt';
import { createOutput, type Output } from '../output';
import { showDataProgress, showDownload, showTrainingEvent } from '../progress';

interface Options {
  readonly run?: string;
  readonly resume?: boolean;
  readonly engine: EngineChoice;
  readonly download?: boolean;
  readonly json?: boolean;
}

/** `train`: a whole training into a run folder, in this process. */
export function addTrain(program: Command): void {
  program
    .command('train')
    .description('train a study, keeping a checkpoint of every epoch from 0 (untrained) on')
    .argument('<study>', 'a NAME.epochlens.json file')
    .option('--run <folder>', 'the run folder (default: a new one under .epochlens/runs, or with --resume the newest)')
    .option('--resume', 'go on after the last complete epoch')
    .option('--engine <name>', 'tensorflow, wasm or auto', engineChoice, 'auto')
    .option('--download', 'fetch CIFAR-10 (170 MB) when its folder is absent')
    .option('--json', 'a line of JSON for every event on standard output')
    .action(async (study: string, options: Options) => {
      const output = createOutput(options.json ?? false);
      const signal = abortOnInterrupt(output, 'the training');
      const run = await trainStudy(await readStudy(study), options, output, signal);
      output.line();
      output.line(`Finished. The run is in ${run.folder}`);
      output.line(`See it:  epochlens report ${run.folder}`);
    });
}

/** Checks everything there is to check before the first file is written. */
export async function trainStudy(
  located: LocatedStudy,
  options: Omit<Options, 'json'>,
  output: Output,
  signal: AbortSignal,
): Promise<Run> {
  const existing = options.resume === true ? await runToResume(located, options.run) : undefined;
  const folder = existing?.folder ?? resolve(options.run ?? newRunFolder(located));
  const study = existing?.study ?? located.study;
  const model = modelOf(study);
  // Of a new training's weights everything is checked, and fetched, before its folder is made.
  const weightsOf = () =>
    initialWeightsOf(study, located.folder, model, {
      signal,
      progress: showDownload(output),
      say: (text) => output.log(text),
    });
  const fresh = existing === undefined ? await weightsOf() : undefined;
  const initialWeights = () => (fresh === undefined ? weightsOf() : Promise.resolve(fresh));
  const dataset = await loadDataset(study.dataset, {
    studyFolder: located.folder,
    signal,
    progress: showDataProgress(output),
    mayDownload: options.download ?? false,
  });
  checkBatchSize(model, dataset.train.count, study.training.batchSize);
  output.log(`Data: ${dataset.description}`);
  const lock = await lockRun(folder);
  try {
    const engine = await startEngine(options.engine);
    output.log(`Engine: ${engine.name} (${engine.version}, ${engine.device}), ${engine.reason}`);
    const run = existing ?? (await createRun({ folder, located, ...runContext(dataset, engine) }));
    if (existing !== undefined) checkSameData(existing, dataset);
    await train({ run, lock, model, dataset, initialWeights, signal, onEvent: showTrainingEvent(output) });
    return run;
  } catch (error) {
    if (error instanceof CancelledError)
      output.log(`Cancelled. Go on with:  epochlens train ${located.path} --run ${folder} --resume`);
    throw error;
  } finally {
    await lock.release();
  }
}

function runContext(dataset: Dataset, { name, version, device }: Engine) {
  const { kind, classNames, fingerprint, description } = dataset;
  return {
    dataset: { kind, classNames, fingerprint, description },
    engine: { name, version, device },
    versions: { epochlens: packageJson.version, node: process.versions.node },
  };
}

async function runToResume(located: LocatedStudy, folder: string | undefined): Promise<Run> {
  const run = folder === undefined ? await newestRun(located.path) : await openRun(folder);
  if (run === undefined) {
    throw new InputError('nothing to resume', {
      file: located.path,
      found: 'no run of this study',
      expected: 'one that was stopped',
      advice: 'Train it without --resume.',
    });
  }
  if (studyHash(run.study) === studyHash(located.study)) return run;
  throw new InputError('the study has changed since this run was started', {
    file: located.path,
    place: 'dataset, model or training',
    found: `other settings than in ${run.folder}`,
    expected: 'the same ones',
    advice: 'Undo the change, or train a new run without --resume.',
  });
}

function checkSameData(run: Run, dataset: Dataset): void {
  if (run.manifest.dataset.fingerprint === dataset.fingerprint) return;
  throw new InputError('the data has changed since this run was started', {
    file: run.folder,
    found: dataset.description,
    expected: run.manifest.dataset.description,
    advice: 'Restore the data, or train a new run without --resume.',
  });
}
