import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import packageJson from '../../../package.json';
import { capital } from '../../common/capital';
import { epochRanges } from '../../common/epochRanges';
import { CancelledError } from '../../common/errors';
import { shellWord } from '../../common/shellWord';
import type { EngineChoice } from '../../engine/engine';
import { FOLDER_TITLES, folderOf, kindOf, loadDataset, type Dataset } from '../../datasets';
import { inputOf } from '../../weights/fromStudy';
import { forwardCheckText } from '../../importing/forwardCheck';
import { onnxruntimeCheckText } from '../../importing/onnxruntimeCheck';
import { findOnnxruntime } from '../../setup/onnxruntime/location';
import { createModel } from '../../models/model';
import { weightsOf } from '../../weights/checkpoint';
import { readOnnxCheckpoint } from '../../weights/onnx';
import { importRun } from '../../importing/importRun';
import { inspect, type FoundCheckpoint, type Inspection } from '../../importing/inspect';
import { contradictionText } from '../../importing/normalizations';
import { isFileNetwork, namedNetwork, type FileNetwork, type NetworkName } from '../../architectures';
import type { Measuring } from '../../importing/measure';
import { tellTwinsApart, twinDecisionText } from '../../importing/tellTwinsApart';
import { OpenQuestionError } from '../../weights/question';
import { NORMALIZATION_NAMES, type LocatedStudy } from '../../study';
import { networkName, channels, engineChoice, oneOf, wholeNumber } from '../options/arguments';
import { lazyEngine, type StartEngine } from '../computing';
import { claimText, importedEvent, sayAccuracies } from '../printing/imported';
import { refuseUnused, studyFor, type StudyOptions } from '../options/importStudy';
import { abortOnInterrupt, sayIfCancelled } from '../interrupt';
import { sayNamesakes } from '../printing/namesakes';
import { addResizeOptions } from '../options/resize';
import { createOutput, type Output } from '../printing/output';
import { showDataProgress } from '../printing/progress';

interface Options extends StudyOptions {
  readonly architecture?: NetworkName;
  readonly stateDict?: string;
  readonly epochs?: number[];
  readonly inspect?: boolean;
  readonly evaluate: boolean;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `import`: a folder of other people's checkpoints as a run. */
export function addImport(program: Command): void {
  const command = program
    .command('import')
    .description(
      'make a run of checkpoints that were trained elsewhere: safetensors, files of PyTorch’s torch.save, or ONNX',
    )
    .argument(
      '<folder-or-files...>',
      'a folder of .safetensors, .pth, .pt, .th, .ckpt, .bin or .onnx files, or some of them; one .onnx beside others is the graph that they are weights of',
    )
    .option('--architecture <name>', 'what they must be of, whatever they say (default: recognised)', networkName)
    .option('--state-dict <key>', 'of several in a file, this one (default: averaged weights, as in timm)')
    .option(
      '--normalization <name>',
      `of their inputs: ${NORMALIZATION_NAMES.join(', ')} (default: what the files say)`,
      oneOf('--normalization', NORMALIZATION_NAMES),
    )
    .option(
      '--mean <r,g,b>',
      'in place of --normalization: subtracted from pixels in [0, 1]',
      channels('--mean', -1, 2),
    )
    .option('--std <r,g,b>', 'with --mean: then divided by', channels('--std', 1e-6, 100))
    .option('--input-size <pixels>', 'a side of their input', wholeNumber('--input-size', 32, 512));
  addResizeOptions(command)
    .option(
      '--epochs <epochs>',
      'such as 1,2,20, in the order of the file names (default: what names or files say)',
      list,
    )
    .option(
      '--data <folder>',
      `${FOLDER_TITLES} to look at them with (default: under data/, by their number of classes)`,
    )
    .option('--synthetic', 'look at them with images that the program draws')
    .option('--study <file>', 'a NAME.epochlens.json that they belong to (default: a new one)')
    .option('--out <folder>', 'where a new study is written (default: the current folder)')
    .option('--name <name>', 'of the new study (default: the folder’s)')
    .option('--inspect', 'only say what the files are')
    .option('--no-evaluate', 'do not measure them on the test images, which takes as long as evaluate does for each')
    .option('--engine <name>', 'that measures them: native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'a line of JSON for every event on standard output')
    .action(async (words: string[], options: Options) => {
      const output = createOutput(options.json ?? false);
      const work = importCheckpoints(words, options, output, abortOnInterrupt(output, 'the import'));
      await sayIfCancelled(output, work, 'Nothing was imported.');
    });
}

function list(word: string): number[] {
  if (word.trim() === '') throw new InvalidArgumentError('Expected epochs such as 1,2,20.');
  return word.split(',').map(wholeNumber('--epochs', 0, 99_999));
}

async function importCheckpoints(
  words: readonly string[],
  options: Options,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  refuseUnused(options);
  const inspection = await inspectAll(words, options, output, signal);
  if (signal.aborted) throw new CancelledError();
  const { checkpoints, leftOut, notes } = inspection;
  output.document({ event: 'inspected', ...documentOf(inspection) });
  output.line(summaryOf(inspection));
  for (const note of notes) output.line(note);
  for (const { path, reason } of leftOut) output.line(`Left out: ${basename(path)}, as ${reason}.`);
  if (options.inspect === true) {
    for (const checkpoint of checkpoints) output.line(`  ${inspectedText(checkpoint)}`);
    return;
  }
  const { network } = inspection;
  const start = lazyEngine(options.engine, output);
  if (network.file !== undefined) {
    output.line(await forwardCheckText(network, start));
    if (findOnnxruntime() !== undefined) await compareWithOnnxruntime(network, start, output);
  }
  const from = words.length === 1 ? resolve(words[0] ?? '') : words.map((word) => resolve(word)).join(', ');
  const first = await studyFor(inspection, from, words, options);
  const contradiction = contradictionText(inspection.normalization, inputOf(first.located.study));
  if (contradiction !== undefined) output.log(`Note: ${contradiction}`);
  await sayNamesakes(first.located, output);
  const dataset = await datasetOf(first.located, output, signal);
  const measuring = dataset && options.evaluate ? { dataset, start } : undefined;
  const architecture =
    options.study === undefined
      ? await amongTwins(inspection, first.located, measuring, output, signal)
      : first.located.study.model.architecture;
  const told = {
    ...inspection,
    architecture,
    network: isFileNetwork(architecture) ? network : namedNetwork(architecture),
  };
  const { located, text } =
    architecture === first.located.study.model.architecture ? first : await studyFor(told, from, words, options);
  const run = await importRun(
    {
      inspection: told,
      from,
      located,
      studyText: text,
      dataset,
      start: options.evaluate ? start : undefined,
      versions: { epochlens: packageJson.version, node: process.versions.node },
    },
    {
      signal,
      progress: (done, of) => tell(output, `Imported ${done} of ${of} checkpoints`, done, of),
      measured: (checkpoint, done, of) =>
        tell(output, `${capital(nameOf(checkpoint))}: evaluated ${done} of ${of} images`, done, of),
      onWarning: (text) => output.log(text),
    },
  );
  const event = await importedEvent(run);
  output.document({ event: 'imported', run: run.folder, study: located.path, ...event });
  await sayAccuracies(run, output);
  output.line(`Study:   ${located.path}`);
  output.line(`Run:     ${run.folder}`);
  output.line(`See it:  epochlens report ${shellWord(run.folder)}`);
}

/**
 * Of networks with the same names and shapes, the one that the study says, or else the one that predicts the test images
 * better by the newest checkpoint; the recognised one where nothing tells.
 */
async function amongTwins(
  { architecture, twins, checkpoints }: Inspection,
  { study }: LocatedStudy,
  measuring: Measuring | undefined,
  output: Output,
  signal: AbortSignal,
): Promise<NetworkName> {
  const newest = checkpoints.at(-1);
  const said = study.model.architecture;
  if (twins.length === 0 || said !== architecture || isFileNetwork(architecture)) return said;
  if (newest === undefined || measuring === undefined) return said;
  const names = [architecture, ...twins] as const;
  const decision = await tellTwinsApart(names, newest, inputOf(study), measuring, {
    signal,
    progress: (done, of) => tell(output, `Telling ${names.join(' and ')} apart: ${done} of ${of} images`, done, of),
  });
  if (decision === undefined) return architecture;
  output.document({ event: 'twins', ...decision });
  output.line(twinDecisionText(decision));
  return decision.taken;
}

/** What the files leave open is said under --json as an event of its own, so that a program can ask a person. */
async function inspectAll(
  words: readonly string[],
  { epochs, architecture, stateDict, inputSize }: Options,
  output: Output,
  signal: AbortSignal,
): Promise<Inspection> {
  const progress = (done: number, of: number): void => tell(output, `Reading ${done + 1} of ${of} files`, done, of);
  try {
    return await inspect(words, { epochs, architecture, stateDict, inputSize, signal, progress });
  } catch (error) {
    if (error instanceof OpenQuestionError) {
      output.document({ event: 'refused', message: error.message, question: error.question });
    }
    throw error;
  }
}

/** @throws InputError where onnxruntime computes something else */
async function compareWithOnnxruntime(
  { file: { path, graph } }: FileNetwork,
  start: StartEngine,
  output: Output,
): Promise<void> {
  const { read, stored } = await readOnnxCheckpoint(path, graph.inputSize);
  const model = createModel(read.network, graph.inputSize, graph.classes);
  await start();
  const text = await onnxruntimeCheckText(model, weightsOf(stored, path, model));
  if (text !== undefined) output.line(text);
}

/** Of a graph, what a person may want to know of it. */
function documentOf({ network, ...facts }: Inspection) {
  if (network.file === undefined) return facts;
  const { path, hash, graph } = network.file;
  return { ...facts, graph: { path, hash, operations: graph.nodes.length, inputSize: graph.inputSize } };
}

/** "3 checkpoints of resnet20: epochs 3–5" */
function summaryOf({ network, checkpoints }: Inspection): string {
  const plural = checkpoints.length === 1 ? '' : 's';
  const epochs = checkpoints.flatMap(({ epoch, epochFrom }) => (epochFrom === 'nothing' ? [] : [epoch]));
  const which = epochs.length === 0 ? '' : `: epoch${plural} ${epochRanges(epochs)}`;
  const name = network.file === undefined ? network.name : `the network in ${basename(network.file.path)}`;
  return `${checkpoints.length} checkpoint${plural} of ${name}${which}`;
}

function inspectedText(checkpoint: FoundCheckpoint): string {
  return `${nameOf(checkpoint)}: ${checkpoint.path}${claimText(checkpoint.claimed)}`;
}

function nameOf({ epoch, epochFrom }: Pick<FoundCheckpoint, 'epoch' | 'epochFrom'>): string {
  return epochFrom === 'nothing' ? 'the checkpoint' : `epoch ${epoch}`;
}

function tell(output: Output, text: string, done: number, of: number): void {
  output.document({ event: 'progress', text, done, of });
  output.progress(text);
}

/** The data are not needed to import, only to look at the result. */
async function datasetOf(
  { study, folder, path }: LocatedStudy,
  output: Output,
  signal: AbortSignal,
): Promise<Dataset | undefined> {
  const { dataset } = study;
  const place = folderOf(dataset, folder);
  if (place !== undefined && !existsSync(place)) {
    output.log(`${kindOf(dataset).title} is not in ${place} yet. To fetch it: epochlens fetch ${shellWord(path)}`);
    return undefined;
  }
  return loadDataset(dataset, { studyFolder: folder, signal, progress: showDataProgress(output), sets: 'any' });
}
