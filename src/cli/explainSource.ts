/** What `explain` looks at: a run's checkpoints, or one weights file; and what they make of the images. */
import type { NetworkName } from '../architectures';
import type { Computations } from '../computations';
import type { ClassHeatmaps, ImageToExplain } from '../computations/heatmaps/explain';
import { rowsOf } from '../protocol/heatmapRows';
import type { ExplainStart, ImageReference } from '../protocol/engine';
import { loadImages, studyImages } from '../computations/images/images';
import { InputError } from '../common/errors';
import type { Shard, Share } from '../common/shard';
import { explainedLayer } from '../computations/heatmaps/explained';
import type { TargetClass } from '../computations/heatmaps/target';
import { DEFAULT_METHOD, requireFit, type ChosenMethod } from '../explanations';
import { classNamesFor, classNumbers, loadTestImages, type Dataset } from '../datasets';
import { memoryReaders } from '../datasets/reader';
import type { InputSettings } from '../models/input';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import type { Run } from '../runs';
import { modelOf } from '../weights/fromStudy';
import { imageReferences } from './options/arguments';
import { checkedData, subjectOf, type StartEngine } from './computing';
import { chosenMethods } from './options/methods';
import { decideTwins } from './options/decideTwins';
import { namedData } from './options/namedData';
import { namedNetwork } from './options/namedNetwork';
import type { Output } from './printing/output';
import { chosenResize, type ResizeOptions } from './options/resize';
import { chosenRuns } from './options/runs';

/** With what sources are made ready: which of two like networks it is may have to be measured. */
export interface SourceWork {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly start: StartEngine;
}

interface Source {
  readonly model: Model;
  readonly references: readonly ImageReference[];
  readonly classNames: readonly string[];
  readonly method: ChosenMethod;
  readonly layer: string;
}

export interface RunSource extends Source {
  readonly run: Run;
  readonly epochs: readonly number[];
}

/** Weights that are no run's: nothing of them is kept. */
export interface WeightsSource extends Source {
  readonly run?: undefined;
  /** As the person named it. */
  readonly file: string;
  readonly weights: Weights;
  readonly input: InputSettings;
  /** Undefined where only files are looked at. */
  readonly dataset: Dataset | undefined;
}

export type ExplainSource = RunSource | WeightsSource;

export interface SourceOptions extends ResizeOptions {
  readonly images?: readonly string[];
  readonly checkpoints?: 'all' | number[];
  readonly method?: readonly string[];
  readonly parameter?: Readonly<Record<string, number | string>>;
  readonly layer?: string;
  readonly weights?: string;
  readonly stateDict?: string;
  readonly architecture?: NetworkName;
  readonly data?: string;
  readonly mean?: [number, number, number];
  readonly std?: [number, number, number];
  readonly inputSize?: number;
  readonly forwardOnly?: boolean;
}

/**
 * One for each run that is meant, or for the weights file, and each method.
 * @param words the arguments: RUN and image files, or with --weights image files alone
 */
export async function explainSources(
  words: readonly string[],
  options: SourceOptions,
  work: SourceWork,
): Promise<ExplainSource[]> {
  const sources = await sourcesOf(words, options, work);
  // Of all methods, before the first of them is computed.
  for (const { method, model } of sources) requireFit(method, { height: model.inputSize, width: model.inputSize });
  return sources;
}

async function sourcesOf(words: readonly string[], options: SourceOptions, work: SourceWork): Promise<ExplainSource[]> {
  refuseUnused(options);
  if (options.weights !== undefined) return weightsSources(words, options, options.weights, work);
  const { output } = work;
  const files = words.slice(1);
  const sources: ExplainSource[] = [];
  for (const run of await chosenRuns(runArgument(words), options.architecture, output))
    sources.push(...(await runSources(run, files, options, output)));
  return sources;
}

/** A run folder, or a study file. @param words the arguments, without --weights @throws InputError where there is none */
export function runArgument([argument]: readonly string[]): string {
  if (argument !== undefined) return argument;
  throw new InputError('nothing to explain', {
    expected: 'a run folder, a study file, or --weights FILE',
  });
}

/** An option that would play no part is a mistake that the person should hear of. */
function refuseUnused(options: SourceOptions): void {
  const ofWeights = ['data', 'mean', 'std', 'inputSize', 'stateDict', 'forwardOnly'] as const;
  const unused = options.weights === undefined ? ofWeights : (['checkpoints'] as const);
  const option = unused.find((name) => options[name] !== undefined);
  if (option === undefined) return;
  throw new InputError('an option that plays no part here', {
    place: `--${option.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`,
    expected: `${options.weights === undefined ? 'it with' : 'no'} --weights`,
  });
}

async function runSources(
  run: Run,
  files: readonly string[],
  options: SourceOptions,
  output: Output,
): Promise<RunSource[]> {
  const { study, epochs } = await subjectOf(run, options.checkpoints);
  const resize = chosenResize(options, study.model.architecture, study.explain.resize);
  const named = imageReferences([...(options.images ?? []), ...files], resize);
  const onlyFiles = named.length > 0 && named.every(({ kind }) => kind === 'file');
  const data = onlyFiles ? undefined : await checkedData(run, output);
  const { method, parameters } = study.explain;
  const source = {
    run,
    model: modelOf(run),
    epochs,
    references: named.length > 0 || data === undefined ? named : studyImages(study, data.test.count),
    classNames: run.manifest.dataset.classNames,
    layer: options.layer ?? study.explain.layer,
  };
  const methods = chosenMethods(options.method ?? [method], options.parameter, { method, parameters });
  return methods.map((each) => ({ ...source, method: each }));
}

async function weightsSources(
  words: readonly string[],
  options: SourceOptions,
  path: string,
  work: SourceWork,
): Promise<WeightsSource[]> {
  const named = await namedNetwork(path, options.architecture, options, work.output);
  const { network, classes, inputSize } = named.model;
  const resize = chosenResize(options, network.name);
  const references = imageReferences([...(options.images ?? []), ...words], resize);
  if (references.length === 0) {
    throw new InputError('no image is named', { expected: 'image files, or --images test:0,1 with --data FOLDER' });
  }
  const dataset = options.data === undefined ? undefined : await namedData(options.data, classes, inputSize);
  const images = dataset && (await loadTestImages(dataset));
  const file = { path, stateDict: options.stateDict };
  const { model, input, checkpoint, classNames } = await decideTwins(named, file, images, work);
  const source = {
    model,
    file: path,
    weights: checkpoint.weights,
    input,
    dataset: images,
    references,
    classNames:
      images?.classNames ?? classNames ?? (network.file === undefined ? classNamesFor(classes) : classNumbers(classes)),
    layer: options.layer ?? 'auto',
  };
  return chosenMethods(options.method ?? [DEFAULT_METHOD], options.parameter).map((method) => ({ ...source, method }));
}

/** What is told of images at a checkpoint. */
export interface ExplainedImages {
  /** Null of weights that are no run's. */
  readonly checkpoint: number | null;
  /** In the order asked for. */
  readonly heatmaps: readonly ClassHeatmaps[];
}

export interface ExplainedSource {
  readonly images: readonly Omit<ImageToExplain, 'mask'>[];
  readonly layer: string;
  readonly checkpoints: readonly ExplainedImages[];
}

interface Watch {
  readonly target: TargetClass;
  readonly signal: AbortSignal;
  readonly progress: (done: number, of: number) => void;
}

/** A shard's share, which is computed and kept, and of which nothing is told. @throws InputError, WorkError, CancelledError */
export async function explainShare(
  source: RunSource,
  { explain }: Computations,
  shard: Shard,
  { target, signal, progress }: Watch,
): Promise<Share> {
  const { share } = await explain(
    { ...requestOf(source, target), shard },
    {
      signal,
      strict: true,
      progress(value) {
        if (value.kind === 'maps') progress(value.done, value.of);
      },
    },
  );
  if (share === undefined) throw new Error('a shard without a share');
  return share;
}

function requestOf({ run, epochs, references, method: { method, parameters }, layer }: RunSource, target: TargetClass) {
  return {
    run: run.folder,
    epochs: [...epochs],
    images: [...references],
    method: method.id,
    parameters: { ...parameters },
    layer,
    target,
  };
}

/** From what is kept of the run, and computed where it is not. @throws InputError, WorkError, CancelledError */
export async function explainRun(
  source: RunSource,
  { explain }: Computations,
  { target, signal, progress }: Watch,
): Promise<ExplainedSource> {
  const { epochs, references } = source;
  let start: ExplainStart | undefined;
  const heatmaps = new Map(epochs.map((epoch) => [epoch, new Array<ClassHeatmaps>(references.length)]));
  await explain(requestOf(source, target), {
    signal,
    strict: true,
    progress(value) {
      if (value.kind === 'start') start = value;
      else if (start !== undefined) {
        const ofEpoch = heatmaps.get(value.epoch) ?? [];
        for (const row of rowsOf(value, start.layer)) ofEpoch[row.position] = row.heatmaps;
        progress(value.done, value.of);
      }
    },
  });
  if (start === undefined) throw new Error('no start, and no error');
  return {
    images: start.images.flatMap((image) =>
      image.usable
        ? [
            {
              ...image.picture,
              name: image.name,
              label: image.label,
              ...(image.original && { original: image.original }),
            },
          ]
        : [],
    ),
    layer: start.layer.name,
    checkpoints: epochs.map((epoch) => ({ checkpoint: epoch, heatmaps: heatmaps.get(epoch) ?? [] })),
  };
}

/** @throws InputError, WorkError, CancelledError */
export async function explainWeights(
  { model, weights, input, dataset, references, method, layer }: WeightsSource,
  start: StartEngine,
  { target, signal, progress }: Watch,
): Promise<ExplainedSource> {
  const targetLayer = explainedLayer(model, method, layer, '--layer');
  const images = await loadImages(references, dataset && memoryReaders(dataset), input);
  await start();
  const { explainWith } = await import('../computations/compute');
  const heatmaps = await explainWith({ model, input, method, targetLayer }, weights, images, {
    signal,
    progress,
    targets: images.map(() => target),
  });
  return { images, layer: targetLayer.name, checkpoints: [{ checkpoint: null, heatmaps }] };
}
