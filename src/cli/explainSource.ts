/** What `explain` looks at: a run's checkpoints, or one weights file. */
import type { ArchitectureName } from '../architectures';
import { InputError } from '../common/errors';
import { CIFAR10_CLASSES, loadCifar10Test, type Dataset } from '../datasets';
import { type InputSettings } from '../models/input';
import { loadRunData } from '../datasets/runData';
import type { CheckpointFile } from '../computations/heatmaps/checkpoints';
import { inputOf, modelOf } from '../weights/fromStudy';
import { studyImages, type ImageReference } from '../computations/images';
import type { Model } from '../models/model';
import { hashCheckpoints } from '../weights/hashedCheckpoint';
import { selectCheckpoints, type Run } from '../runs';
import { imageReferences } from './arguments';
import { namedNetwork } from './namedNetwork';
import type { Output } from './output';
import { currentStudy } from './perturbations';
import { showDataProgress } from './progress';
import { chosenRuns } from './runs';

export interface ExplainSource {
  /** Of several runs, which one it is. */
  readonly run?: Run;
  readonly model: Model;
  readonly checkpoints: readonly CheckpointFile[];
  readonly input: InputSettings;
  /** Undefined where only files are looked at. */
  readonly dataset: Dataset | undefined;
  readonly references: readonly ImageReference[];
  readonly classNames: readonly string[];
  readonly layer: string;
}

export interface SourceOptions {
  readonly images?: readonly string[];
  readonly checkpoints?: 'all' | number[];
  readonly layer?: string;
  readonly weights?: string;
  readonly stateDict?: string;
  readonly architecture?: ArchitectureName;
  readonly data?: string;
  readonly mean?: [number, number, number];
  readonly std?: [number, number, number];
  readonly inputSize?: number;
}

/**
 * One for each run that is meant, or for the weights file.
 * @param words the arguments: RUN and image files, or with --weights image files alone
 */
export async function explainSources(
  words: readonly string[],
  options: SourceOptions,
  output: Output,
): Promise<ExplainSource[]> {
  refuseUnused(options);
  if (options.weights !== undefined) return [await weightsSource(words, options, options.weights, output)];
  const [argument, ...files] = words;
  if (argument === undefined) {
    throw new InputError('nothing to explain', {
      expected: 'a run folder, a study file, or --weights FILE --architecture NAME',
    });
  }
  const sources: ExplainSource[] = [];
  for (const run of await chosenRuns(argument, options.architecture, output))
    sources.push(await runSource(run, files, options, output));
  return sources;
}

/** An option that would play no part is a mistake that the person should hear of. */
function refuseUnused(options: SourceOptions): void {
  const ofWeights = ['data', 'mean', 'std', 'inputSize', 'stateDict'] as const;
  const unused = options.weights === undefined ? ofWeights : (['checkpoints'] as const);
  const option = unused.find((name) => options[name] !== undefined);
  if (option === undefined) return;
  throw new InputError('an option that plays no part here', {
    place: `--${option.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`,
    expected: `${options.weights === undefined ? 'it with' : 'no'} --weights`,
  });
}

async function runSource(
  run: Run,
  files: readonly string[],
  options: SourceOptions,
  output: Output,
): Promise<ExplainSource> {
  const study = await currentStudy(run, output);
  const { explain } = study;
  const asked = options.checkpoints;
  const found = await selectCheckpoints(run, asked ?? explain.checkpoints, asked === undefined ? 'skip' : 'refuse');
  const named = imageReferences([...(options.images ?? []), ...files]);
  const onlyFiles = named.length > 0 && named.every(({ kind }) => kind === 'file');
  const dataset = onlyFiles ? undefined : await loadRunData(run, { progress: showDataProgress(output) });
  const references = named.length > 0 || dataset === undefined ? named : studyImages(study, dataset.test.count);
  return {
    run,
    model: modelOf(run.study),
    checkpoints: await hashCheckpoints(found),
    input: inputOf(run.study),
    dataset,
    references,
    classNames: run.manifest.dataset.classNames,
    layer: options.layer ?? explain.layer,
  };
}

async function weightsSource(
  words: readonly string[],
  options: SourceOptions,
  weights: string,
  output: Output,
): Promise<ExplainSource> {
  const { architecture, stateDict } = options;
  if (architecture === undefined) {
    throw new InputError('weights without an architecture', {
      place: '--weights',
      expected: '--architecture NAME with it',
    });
  }
  const references = imageReferences([...(options.images ?? []), ...words]);
  if (references.length === 0) {
    throw new InputError('no image is named', { expected: 'image files, or --images test:0,1 with --data FOLDER' });
  }
  const { model, input } = await namedNetwork(weights, architecture, options, output);
  return {
    model,
    checkpoints: [{ epoch: null, path: weights, stateDict }],
    input,
    dataset: options.data === undefined ? undefined : await loadCifar10Test(options.data),
    references,
    classNames: CIFAR10_CLASSES,
    layer: options.layer ?? 'auto',
  };
}
