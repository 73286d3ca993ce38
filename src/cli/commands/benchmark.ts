import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { NetworkName } from '../../architectures';
import { askedBenchmarks, type AskedBenchmark } from '../../computations/benchmark/request';
import type { BenchmarkStart } from '../../computations/benchmark/schema';
import type { Computations } from '../../computations';
import { InputError } from '../../common/errors';
import type { EngineChoice } from '../../engine/engine';
import { checkpointName, checkpointNumber, readMetrics, resolveRuns, type Run } from '../../runs';
import { computationsOf, lazyEngine, subjectOf, type StartEngine } from '../computing';
import { abortOnInterrupt, sayWhatIsKept } from '../interrupt';
import { engineChoice, epochs, meanChannels, networkName, stdChannels, wholeNumber } from '../options/arguments';
import { namedNetwork, type InputOptions } from '../options/namedNetwork';
import { chosenRuns, runHeading } from '../options/runs';
import { printBenchmark, type BenchmarkAt } from '../printing/benchmarkTables';
import { createOutput, type Output } from '../printing/output';
import { showCount } from '../printing/progress';

interface Options extends Omit<InputOptions, 'data'> {
  readonly weights?: string;
  readonly checkpoints?: 'all' | number[];
  readonly limit?: number;
  readonly against?: string;
  readonly architecture?: NetworkName;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `benchmark`: errors and flips on the files of CIFAR-10-C, CIFAR-100-C, CIFAR-10-P and CIFAR-10.1. */
export function addBenchmark(program: Command): void {
  program
    .command('benchmark')
    .description(
      'the error on the files of CIFAR-10-C, CIFAR-100-C, CIFAR-10-P or CIFAR-10.1, by corruption and severity',
    )
    .argument(
      '<places...>',
      'a run folder or a study file, then folders of .npy files (default: the study’s benchmarks)',
    )
    .option('--checkpoints <epochs>', 'such as 0,1,2,20, or all (default: the study’s)', epochs)
    .option(
      '--limit <n>',
      'the first so many images of each severity (default: all)',
      wholeNumber('--limit', 1, 1_000_000),
    )
    .option('--against <run>', 'a run folder or study file: errors relative to those of this run')
    .option('--weights <file>', 'a file of weights, or an ONNX file, in place of a run')
    .option(
      '--architecture <name>',
      'of a study of several models: only this one; what --weights are of (default: recognised)',
      networkName,
    )
    .option('--state-dict <key>', 'of several in the file of --weights, this one (default: averaged weights)')
    .option('--mean <r,g,b>', 'with --weights: subtracted from pixels in [0, 1]', meanChannels)
    .option('--std <r,g,b>', 'with --weights: then divided by', stdChannels)
    .option('--input-size <pixels>', 'with --weights: a side of the input', wholeNumber('--input-size', 32, 512))
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(benchmark);
}

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly start: StartEngine;
}

async function benchmark(places: string[], options: Options): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the benchmark');
  const work = { output, signal, start: lazyEngine(options.engine, output) };
  if (options.weights === undefined) await ofRuns(places, options, work);
  else await ofWeights(options.weights, places, options, work);
}

async function ofRuns([argument = '', ...folders]: string[], options: Options, work: Work): Promise<void> {
  const { output, start } = work;
  const single = (['stateDict', 'mean', 'std', 'inputSize'] as const).find((name) => options[name] !== undefined);
  if (single !== undefined)
    throw new InputError('options that do not go together', { place: `--${single}`, expected: 'it with --weights' });
  const runs = await chosenRuns(argument, options.architecture, output);
  const computations = computationsOf(start, output);
  const documents = [];
  for (const [at, run] of runs.entries()) {
    const { study, epochs: chosen } = await subjectOf(run, options.checkpoints);
    const asked = await askedOf(run, study, folders, options);
    if (runs.length > 1) output.line(`${at > 0 ? '\n' : ''}${runHeading(run)}`);
    const benchmarks = [];
    for (const [place, each] of asked.entries()) {
      const measured = await sayWhatIsKept(output, measureRun(run, chosen, each, computations, work));
      if (place > 0) output.line();
      printBenchmark(output, measured.start, measured.found);
      benchmarks.push(documentOf(measured.start, measured.found));
    }
    documents.push({ run: run.folder, architecture: run.study.model.architecture, benchmarks });
  }
  output.document(runs.length > 1 ? { runs: documents } : documents[0]);
}

/** @throws InputError where neither the command nor the study names a folder */
async function askedOf(
  run: Run,
  study: Parameters<typeof askedBenchmarks>[1],
  folders: readonly string[],
  { limit, against }: Options,
): Promise<AskedBenchmark[]> {
  const other = against === undefined ? {} : { against: (await resolveRuns(against))[0].folder };
  const changed = { ...(limit === undefined ? {} : { limit }), ...other };
  const asked =
    folders.length > 0 ? folders.map((folder) => ({ folder: resolve(folder) })) : await askedBenchmarks(run, study);
  if (asked.length > 0) return asked.map((each) => ({ ...each, ...changed }));
  throw new InputError('no benchmark is named', {
    file: run.studyFile,
    expected: 'a folder behind the run, or "benchmarks": [{ "folder": … }] in the study',
  });
}

interface MeasuredRun {
  readonly start: BenchmarkStart;
  /** By epoch. */
  readonly found: BenchmarkAt[];
}

async function measureRun(
  run: Run,
  chosen: readonly number[],
  asked: AskedBenchmark,
  computations: Computations,
  { output, signal }: Work,
): Promise<MeasuredRun> {
  const show = showCount(output, 'images');
  const accuracies = new Map((await readMetrics(run.folder)).map(({ epoch, testAccuracy }) => [epoch, testAccuracy]));
  const found: BenchmarkAt[] = [];
  let start: BenchmarkStart | undefined;
  await computations.benchmark(
    { run: run.folder, epochs: [...chosen], ...asked, compute: true },
    {
      signal,
      progress(value) {
        if (value.kind === 'start') start = value;
        else if (value.kind === 'count') show(value.done, value.of);
        else {
          const { epoch } = value;
          const accuracy = accuracies.get(epoch);
          found.push({
            epoch,
            checkpoint: {
              cell: checkpointNumber(run.manifest, epoch),
              name: checkpointName(run.manifest, epoch),
            },
            clean: accuracy === undefined || accuracy === null ? undefined : 100 - accuracy,
            benchmark: value.benchmark,
          });
        }
      },
    },
  );
  return { start: start as BenchmarkStart, found: found.sort((a, b) => Number(a.epoch) - Number(b.epoch)) };
}

async function ofWeights(weights: string, folders: string[], options: Options, work: Work): Promise<void> {
  const { output, signal, start } = work;
  const { architecture, limit } = options;
  for (const name of ['against', 'checkpoints'] as const)
    if (options[name] !== undefined)
      throw new InputError('options that do not go together', {
        place: `--${name}`,
        expected: 'a run, and no --weights',
      });
  const { model, input, checkpoint } = await namedNetwork(weights, architecture, options, output);
  await start();
  const { benchmarkWeights } = await import('../../computations/benchmark/withWeights');
  const network = { model, input, weights: checkpoint.weights };
  const benchmarks = [];
  for (const folder of folders) {
    const progress = showCount(output, 'images');
    const found = await benchmarkWeights(network, { folder: resolve(folder), limit }, { signal, progress });
    const at = { epoch: null, checkpoint: { cell: '–', name: weights }, clean: undefined, benchmark: found.benchmark };
    printBenchmark(output, found.start, [at]);
    benchmarks.push(documentOf(found.start, [at]));
  }
  output.document({ weights, architecture: model.network.name, benchmarks });
}

/** In JSON: errors in per cent with their counts and intervals, as the tables have them. */
function documentOf(
  { folder, title, files, missing, skipped, against }: BenchmarkStart,
  found: readonly BenchmarkAt[],
) {
  return {
    folder,
    title,
    files,
    missing,
    skipped,
    against: against?.run ?? null,
    epochs: found.map(({ epoch, clean, benchmark: measured }) => ({ epoch, cleanError: clean ?? null, ...measured })),
  };
}
