import type { Command } from 'commander';
import type { ArchitectureName } from '../../architectures';
import { InputError } from '../../common/errors';
import { shellWord } from '../../common/shellWord';
import type { EngineChoice } from '../../engine/engine';
import { openRun } from '../../runs';
import { readStudies, readStudyOf, type LocatedStudy } from '../../study';
import { agreeOnAnother } from '../training/another';
import { architectureName, engineChoice } from '../options/arguments';
import { lazyEngine } from '../computing';
import { abortOnInterrupt } from '../interrupt';
import { sayNamesakes } from '../printing/namesakes';
import { createOutput } from '../printing/output';
import { trainStudy } from '../training/trainStudy';

interface Options {
  readonly run?: string;
  readonly resume?: boolean;
  readonly resetOptimizer?: boolean;
  readonly another?: boolean;
  readonly architecture?: ArchitectureName;
  readonly engine: EngineChoice;
  readonly download?: boolean;
  readonly json?: boolean;
}

/** `train`: a whole training into a run folder, in this process. */
export function addTrain(program: Command): void {
  program
    .command('train')
    .description('train a study, keeping a checkpoint of every epoch from 0, before training, on')
    .argument('<study>', 'a NAME.epochlens.json file')
    .option(
      '--run <folder>',
      'the run folder, also beside a training of the same study that runs (default: a new one under .epochlens/runs, or with --resume the newest)',
    )
    .option('--resume', 'go on after the newest epoch that is whole')
    .option('--reset-optimizer', 'with --resume: begin with a momentum of zero where the optimiser state is lost')
    .option('--another', 'train even where the same study is being trained; without it a terminal is asked')
    .option('--architecture <name>', 'of a study of several models: only this one', architectureName)
    .option('--engine <name>', 'tensorflow, wasm or auto', engineChoice, 'auto')
    .option('--download', 'fetch the data set (CIFAR-10: 170 MB) when its folder is absent')
    .option('--json', 'a line of JSON for every event on standard output')
    .action(trainStudies);
}

/** The study of each model that the file names, or of one of them, one after another. */
async function trainStudies(file: string, options: Options): Promise<void> {
  refuseUnused(options);
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the training');
  const studies = await chosenStudies(file, options);
  const several = studies.length > 1;
  await sayNamesakes(studies[0], output);
  const start = lazyEngine(options.engine, output);
  // Before hours of training the first of them, not after.
  if (several) for (const located of studies) await agreeOnAnother(located, options, output, signal);
  for (const [index, located] of studies.entries()) {
    const { architecture } = located.study.model;
    if (several) output.log(`${architecture}, ${index + 1} of ${studies.length} models`);
    const run = await trainStudy(located, { ...options, start, several }, output, signal);
    output.line();
    output.line(`Finished. The run is in ${run.folder}`);
    if (!several) output.line(`See it:  epochlens report ${shellWord(run.folder)}`);
  }
  if (several) output.line(`See them:  epochlens report ${shellWord(file)}`);
}

/** A new training has no momentum that could be lost. */
function refuseUnused({ resetOptimizer, resume }: Options): void {
  if (resetOptimizer !== true || resume === true) return;
  throw new InputError('an option that plays no part here', {
    place: '--reset-optimizer',
    expected: 'it with --resume',
  });
}

async function chosenStudies(
  file: string,
  { architecture, run, resume }: Options,
): Promise<readonly [LocatedStudy, ...LocatedStudy[]]> {
  if (architecture !== undefined) return [await readStudyOf(file, architecture)];
  const studies = await readStudies(file);
  if (studies.length === 1 || run === undefined) return studies;
  // A run that is there says which of them it is of.
  if (resume === true) return [await readStudyOf(file, (await openRun(run)).study.model.architecture)];
  throw new InputError('one run folder for several models', {
    file,
    place: '--run',
    found: studies.map(({ study }) => study.model.architecture).join(', '),
    expected: '--architecture NAME with it, or no --run',
  });
}

type TrainOptions = Pick<Options, 'run' | 'resume' | 'resetOptimizer' | 'another' | 'download'> & {
  readonly start: StartEngine;
  readonly several?: boolean;
};

/** Trains unless that is being done already and nobody wants it twice, and lets others see it from the beginning. */
export async function trainStudy(
  located: LocatedStudy,
  options: TrainOptions,
  output: Output,
  signal: AbortSignal,
): Promise<Run> {
  const existing = options.resume === true ? await runToResume(located, options) : undefined;
  const folder = existing?.folder ?? resolve(options.run ?? (await newRunFolder(located)));
  const announcement = await announceAgreed(located, { ...options, folder }, output, signal);
  try {
    return await trainInto(folder, existing, { ...options, located, announcement }, output, signal);
  } finally {
    await announcement.withdraw();
  }
}

interface Place {
  readonly located: LocatedStudy;
  readonly announcement: Announcement;
}

/** Checks everything there is to check before the run is made. */
async function trainInto(
  folder: string,
  existing: Run | undefined,
  { located, announcement, ...options }: TrainOptions & Place,
  output: Output,
  signal: AbortSignal,
): Promise<Run> {
  const study = existing?.study ?? located.study;
  const dataset = await loadDataset(study.dataset, {
    studyFolder: located.folder,
    signal,
    progress: showDataProgress(output),
    mayDownload: options.download ?? false,
  });
  const model = createModel(study.model.architecture, study.model.inputSize, dataset.classNames.length);
  // Of a new training's weights everything is checked, and fetched, before its run is made.
  const weightsOf = () =>
    initialWeightsOf(study, located.folder, model, {
      signal,
      progress: showDownload(output),
      say: (text) => output.log(text),
    });
  const fresh = existing === undefined ? await weightsOf() : undefined;
  const initialWeights = () => (fresh === undefined ? weightsOf() : Promise.resolve(fresh));
  checkBatchSize(model, dataset.train.count, study.training);
  output.log(`Data: ${dataset.description}`);
  const lock = await lockRun(folder);
  try {
    const engine = await options.start();
    const { training } = study;
    const plan = { engine: engine.name, model, free: freeMemory(engine), training, count: dataset.train.count };
    const run =
      existing ?? (await createRun({ folder, located, ...runContext(dataset, engine, planMicroBatch(plan)) }));
    if (existing !== undefined) assertSameData(existing, dataset);
    const tight = tightMemoryText(plan, run.manifest.microBatch);
    if (tight !== undefined) output.log(tight);
    const { resetOptimizer } = options;
    const show = showTrainingEvent(output);
    const onEvent = (event: TrainingEvent): void => {
      // From here on status.json says it.
      void announcement.withdraw();
      show(event);
    };
    // The study file's as it is now: of a resumed run it may be another than at its beginning.
    const keepRule = keepRuleOf(located.study.training.keepCheckpoints);
    await train({ run, lock, model, dataset, initialWeights, resetOptimizer, keepRule, signal, onEvent });
    return run;
  } catch (error) {
    if (error instanceof CancelledError)
      output.log(
        `Cancelled. Go on with:  epochlens train ${shellWord(located.path)}${options.several === true ? '' : ` --run ${shellWord(folder)}`} --resume`,
      );
    throw error;
  } finally {
    await lock.release();
  }
}

function runContext(dataset: Dataset, { name, version, device }: Engine, microBatch: MicroBatch | undefined) {
  return {
    dataset: describeDataset(dataset),
    engine: { name, version, device },
    ...(microBatch === undefined ? {} : { microBatch }),
    versions: { epochlens: packageJson.version, node: process.versions.node },
  };
}

/** Of several models, one that has no run yet is trained from the beginning. */
async function runToResume(
  located: LocatedStudy,
  { run: folder, several = false }: { readonly run?: string; readonly several?: boolean },
): Promise<Run | undefined> {
  const { architecture } = located.study.model;
  const run = folder === undefined ? await newestRunOf(located.path, architecture) : await openRun(folder);
  if (folder === undefined) await refuseUnreadable(located, run);
  if (run === undefined && several) return undefined;
  if (run === undefined) {
    throw new InputError('nothing to resume', {
      file: located.path,
      found: 'no run of this study',
      expected: 'one that was stopped',
      advice: `Train it without --resume.${await lostRunsAdvice(located.path)}`,
    });
  }
  if (run.manifest.imported !== undefined) {
    throw new InputError('a run whose checkpoints were imported cannot go on', {
      file: run.folder,
      advice: 'Start a new training from one of them: name its file in the study’s model.weights.',
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

/** A run that cannot be read may be the one that was stopped. */
async function refuseUnreadable(located: LocatedStudy, run: Run | undefined): Promise<void> {
  const [problem] = await newerProblems(located, run);
  if (problem === undefined) return;
  throw new InputError('the newest run of this study cannot be read', {
    file: located.path,
    found: problem,
    expected: 'a run to go on with',
    advice: 'Mend it, or name the run that is to go on by --run.',
  });
}
