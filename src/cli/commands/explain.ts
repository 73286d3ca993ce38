import { join } from 'node:path';
import type { Command } from 'commander';
import { isForwardOnly } from '../../architectures';
import { writeFileAtomically } from '../../common/atomic';
import { InputError } from '../../common/errors';
import type { Shard } from '../../common/shard';
import { makeFolder } from '../../common/folders';
import type { EngineChoice } from '../../engine/engine';
import type { Computations } from '../../computations';
import type { ClassHeatmaps } from '../../computations/heatmaps/explain';
import { toExplanation, type Explanation } from '../../computations/heatmaps/explanation';
import type { TargetClass } from '../../computations/heatmaps/target';
import { explainedLayer } from '../../computations/heatmaps/explained';
import { onnxruntimeCheckText } from '../../importing/onnxruntimeCheck';
import { ONNX_FILE } from '../../networks';
import { findOnnxruntime } from '../../setup/onnxruntime/location';
import { isSigned } from '../../explanations';
import { imageName } from '../../computations/images/images';
import { COLOUR_MAP_NAMES, encodePng, renderOverlay, sharedScale, type ColourMapName } from '../../imaging';
import {
  networkName,
  engineChoice,
  epochs,
  meanChannels,
  METHODS_OPTION,
  methodIds,
  parameter,
  PARAMETER_OPTION,
  oneOf,
  share,
  stdChannels,
  wholeNumber,
} from '../options/arguments';
import { checkpointNumber, type Run } from '../../runs';
import { askAfterShards } from '../cluster/shardJobs';
import { submitShards } from '../cluster/submitShards';
import { computationsOf, lazyEngine, type StartEngine } from '../computing';
import {
  explainRun,
  explainShare,
  explainSources,
  explainWeights,
  runArgument,
  type ExplainedSource,
  type ExplainSource,
  type SourceOptions,
  type WeightsSource,
} from '../explainSource';
import type { ImageReference } from '../../protocol/engine';
import { fileStems } from '../images';
import { abortOnInterrupt, sayWhatIsKept } from '../interrupt';
import { printShard, type ShardDone } from '../printing/shard';
import { createOutput, NOTHING, table, withoutEmptyColumns, type Output } from '../printing/output';
import { addResizeOptions, sayResize } from '../options/resize';
import { chosenRuns, runHeading } from '../options/runs';
import { addShardOptions, askedOfShards, OF_A_RUN, refuseShardWith, type ShardOptions } from '../options/shard';
import { targetClass } from '../options/targetClass';

interface Options extends SourceOptions, ShardOptions {
  readonly class: string;
  readonly out?: string;
  readonly colormap: ColourMapName;
  readonly opacity: number;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** Pixels of the longer side, at least, of the pictures that --out writes: a 32×32 image is too small to look at. */
const PICTURE_SIZE = 256;

/** `explain`: heatmaps of images at every checkpoint. */
export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .description('heatmaps of images at every checkpoint of a run, or with one weights file')
    .argument(
      '[run-and-files...]',
      'a run folder, or a study file for its newest run, of each of its models; then image files',
    )
    .option('--images <image...>', 'test:3,17 or train:0-9 of the data set, or image files (default: the study’s)')
    .option('--checkpoints <epochs>', 'such as 0,1,2,20, or all (default: the study’s)', epochs)
    .option('--method <ids>', METHODS_OPTION, methodIds)
    .option('--parameter <name=value>', PARAMETER_OPTION, parameter)
    .option(
      '--layer <name>',
      'such as layer3 or blocks.4, auto, or mean(layer2,layer3) or maximum(…) of several (default: the study’s)',
    )
    .option('--class <which>', 'predicted, label, or a class: its number, or its name such as cat', 'predicted')
    .option('--out <folder>', 'write a picture of each heatmap, and heatmaps.json')
    .option(
      '--colormap <name>',
      `of the pictures: ${COLOUR_MAP_NAMES.join(', ')}`,
      oneOf('--colormap', COLOUR_MAP_NAMES),
      'viridis',
    )
    .option('--opacity <share>', 'of the heatmap over the image, 0 to 1', share('--opacity', 0), 0.5)
    .option(
      '--weights <file>',
      'a file of weights in place of a run: .safetensors, .pth, .pt, .th of PyTorch, or .onnx',
    )
    .option(
      '--architecture <name>',
      'with --weights: what the weights are of; of a study of several models: only this one',
      networkName,
    )
    .option('--state-dict <key>', 'with --weights: of several in the file, this one (default: averaged weights)')
    .option('--data <place>', 'with --weights: test images, as of evaluate')
    .option(
      '--mean <r,g,b>',
      'with --weights: subtracted from pixels in [0, 1] (default: what the file says, else the data set’s)',
      meanChannels,
    )
    .option(
      '--std <r,g,b>',
      'with --weights: then divided by (default: what the file says, else the data set’s)',
      stdChannels,
    )
    .option(
      '--input-size <pixels>',
      'with --weights: a side of the input (default: what the file says, else the architecture’s)',
      wholeNumber('--input-size', 32, 512),
    )
    .option(
      '--forward-only',
      'with --weights: onnxruntime runs an .onnx file, whatever its operators, without gradients',
    )
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output');
  addShardOptions(addResizeOptions(command)).action(explain);
}

async function explain(words: string[], options: Options): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the explanation');
  const start = lazyEngine(options.engine, output);
  const ofCluster = askedOfShards(options);
  if (options.weights !== undefined) refuseShardWith('--weights', OF_A_RUN, options);
  if (options.out !== undefined)
    refuseShardWith(
      '--out',
      'Pictures are written by the command without --shard, once all shards are there.',
      options,
    );
  if (ofCluster === 'tell') {
    // Neither the study nor its images need to be there for that.
    const runs = await chosenRuns(runArgument(words), options.architecture, output);
    return askAfterShards(runs, 'explain', options, output);
  }
  const sources = await explainSources(words, options, { output, signal, start });
  if (ofCluster === 'submit') {
    const runs = sources.flatMap(({ run }) => run ?? []) as [Run, ...Run[]];
    return submitShards(runs, options, output);
  }
  const work = { output, signal, start, computations: computationsOf(start, output) };
  if (options.shard !== undefined) return explainShares(sources, options, options.shard, work);
  let isChecked = false;
  const several = new Set(sources.map(({ run }) => run)).size > 1;
  const isOfWeights = options.weights !== undefined;
  const severalMethods = (options.method?.length ?? 0) > 1;
  const all: unknown[] = [];
  for (const [index, source] of sources.entries()) {
    const architecture = source.model.network.name;
    const { id, name } = source.method.method;
    // Of several models or methods each has a folder of its own, and every explanation says which it is of.
    const out = options.out && join(options.out, several ? architecture : '', severalMethods ? id : '');
    if (source.run === undefined && !isChecked) await checkForward(source, work);
    isChecked = true;
    const explanations = await explainSource(source, options, out, work);
    all.push(
      ...explanations.map((explanation) => (several || isOfWeights ? { architecture, ...explanation } : explanation)),
    );
    const headings = [...(several && source.run ? [runHeading(source.run)] : []), ...(severalMethods ? [name] : [])];
    if (headings.length > 0) output.line(`${index > 0 ? '\n' : ''}${headings.join(', ')}`);
    printTable(output, explanations, source);
  }
  output.document(all);
  if (options.out !== undefined) output.line(`\nWritten to ${options.out}`);
}

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly start: StartEngine;
  readonly computations: Computations;
}

async function explainShares(
  sources: readonly ExplainSource[],
  options: Options,
  shard: Shard,
  { output, signal, computations }: Work,
): Promise<void> {
  const shares: ShardDone[] = [];
  for (const source of sources) {
    if (source.run === undefined) continue;
    const target = checkedTarget(source, options);
    const watch = {
      target,
      signal,
      progress: (done: number, of: number) => output.progress(`${done} of ${of} heatmaps of this shard`),
    };
    const share = await sayWhatIsKept(output, explainShare(source, computations, shard, watch));
    const about = { architecture: source.model.network.name, method: source.method.method.id };
    shares.push({ run: source.run.folder, about, share });
  }
  await printShard(output, shard, shares, 'heatmap');
}

/** What is wrong with the request is said before anything is computed. @throws InputError */
function checkedTarget(source: ExplainSource, options: Options): TargetClass {
  const place = options.layer === undefined ? undefined : '--layer';
  explainedLayer(source.model, source.method, source.layer, place);
  const target = targetClass(options.class, source.classNames);
  refuseUnknownLabels(source.references, target);
  return target;
}

/** Of an ONNX file, before anything is explained by it. @throws InputError where onnxruntime computes something else */
async function checkForward({ file, model, weights }: WeightsSource, { start, output }: Work): Promise<void> {
  if (!ONNX_FILE.test(file) || isForwardOnly(model.network) || findOnnxruntime() === undefined) return;
  await start();
  const text = await onnxruntimeCheckText(model, weights);
  if (text !== undefined) output.log(text);
}

/** @param out where pictures go, if anywhere */
async function explainSource(
  source: ExplainSource,
  options: Options,
  out: string | undefined,
  { output, signal, start, computations }: Work,
): Promise<Explanation[]> {
  const target = checkedTarget(source, options);
  const watch = {
    target,
    signal,
    progress: (done: number, of: number) => output.progress(`${done} of ${of} heatmaps`),
  };
  const { images, layer, checkpoints } = await (source.run === undefined
    ? explainWeights(source, start, watch)
    : sayWhatIsKept(output, explainRun(source, computations, watch)));
  sayResize(images, source.model.inputSize, output);
  const explanations = checkpoints.flatMap(({ checkpoint, heatmaps }) =>
    images.map((image, at) =>
      toExplanation(image, heatmaps[at] as ClassHeatmaps, {
        checkpoint,
        method: source.method,
        layer,
        target,
      }),
    ),
  );
  if (out !== undefined) await writePictures(out, images, explanations, options);
  return explanations;
}

function refuseUnknownLabels(references: readonly ImageReference[], target: TargetClass): void {
  const file = references.find(({ kind }) => kind === 'file');
  if (target !== 'label' || file === undefined) return;
  throw new InputError('an image without a label', {
    file: imageName(file),
    place: '--class label',
    expected: 'images of the data set, or --class predicted or a class',
  });
}

async function writePictures(
  folder: string,
  images: ExplainedSource['images'],
  explanations: readonly Explanation[],
  { colormap, opacity }: Options,
): Promise<void> {
  await makeFolder(folder);
  const byName = new Map(images.map((image) => [image.name, image]));
  const stems = fileStems(images.map(({ name }) => name));
  for (const explanation of explanations) {
    const image = byName.get(explanation.image) as ExplainedSource['images'][number];
    const epoch = explanation.checkpoint === null ? '' : `_epoch-${String(explanation.checkpoint).padStart(3, '0')}`;
    const { picture: under, box } = image.original ?? { picture: image, box: undefined };
    const picture = renderOverlay(under, explanation.heatmap, {
      colourMap: colormap,
      signed: isSigned(explanation.method),
      opacity,
      size: Math.max(PICTURE_SIZE, image.original === undefined ? 0 : Math.max(under.height, under.width)),
      ...(box && { box }),
    });
    await writeFileAtomically(join(folder, `${stems.get(image.name) ?? ''}${epoch}.png`), encodePng(picture));
  }
  await writeFileAtomically(join(folder, 'heatmaps.json'), `${JSON.stringify(explanations, null, 1)}\n`);
}

function printTable(output: Output, explanations: readonly Explanation[], { classNames, run }: ExplainSource): void {
  const className = (index: number | null) => (index === null ? NOTHING : (classNames[index] ?? String(index)));
  const rows = explanations.map((explanation) => [
    explanation.image,
    explanation.checkpoint === null ? NOTHING : checkpointNumber(run?.manifest ?? {}, explanation.checkpoint),
    className(explanation.label),
    className(explanation.predicted),
    `${(100 * (explanation.probabilities[explanation.predicted] ?? 0)).toFixed(1)} %`,
    explanation.flat ? 'flat' : sharedScale([explanation.heatmap]).maximum.toPrecision(4),
  ]);
  const header = ['image', 'epoch', 'label', 'predicted', 'confidence', 'heat at most'];
  for (const line of table(withoutEmptyColumns([header, ...rows]))) output.line(line);
}
