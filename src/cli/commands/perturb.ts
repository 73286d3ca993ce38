import type { Command } from 'commander';
import { counted, wholeText } from '../../common/counted';
import type { NetworkName } from '../../architectures';
import type { EngineChoice } from '../../engine/engine';
import { modelOf } from '../../weights/fromStudy';
import { misses } from '../../measures/robustness/expectations';
import type { Computations } from '../../computations';
import { explainedLayer } from '../../computations/heatmaps/explained';
import { chooseMethod } from '../../explanations';
import type { RobustnessResultMessage } from '../../protocol/engine';
import { checkpointName, checkpointNumber, type Run } from '../../runs';
import type { Perturbation } from '../../perturbations';
import type { Study } from '../../study';
import { InputError } from '../../common/errors';
import type { Shard } from '../../common/shard';
import {
  networkName,
  engineChoice,
  epochs,
  METHOD_OPTION,
  methodId,
  parameter,
  PARAMETER_OPTION,
  perturbationNumbers,
  meanChannels,
  stdChannels,
  wholeNumber,
} from '../options/arguments';
import { askAfterShards } from '../cluster/shardJobs';
import { submitShards } from '../cluster/submitShards';
import { checkedData, computationsOf, lazyEngine, subjectOf } from '../computing';
import { abortOnInterrupt, sayWhatIsKept } from '../interrupt';
import { createOutput, type Output } from '../printing/output';
import { documentOf, judge, printTable, type PerturbationTest } from '../printing/perturbationTests';
import { chosenRuns, runHeading } from '../options/runs';
import { addShardOptions, askedOfShards, OF_A_RUN, refuseShardWith, type ShardOptions } from '../options/shard';
import { withTemporaryRun } from '../options/temporaryRun';
import { showCount } from '../printing/progress';
import { printShard, type ShardDone } from '../printing/shard';

interface Options extends ShardOptions {
  readonly only?: readonly number[];
  readonly checkpoints?: 'all' | number[];
  readonly method?: string;
  readonly parameter?: Readonly<Record<string, number | string>>;
  readonly architecture?: NetworkName;
  readonly weights?: string;
  readonly stateDict?: string;
  readonly layer?: string;
  readonly mean?: [number, number, number];
  readonly std?: [number, number, number];
  readonly inputSize?: number;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `perturb`: the study's perturbation tests at every checkpoint of a run. */
export function addPerturb(program: Command): void {
  const command = program
    .command('perturb')
    .description('the study’s perturbations at every checkpoint: accuracy, confidence and heatmaps, against "expect"')
    .argument('<run>', 'a run folder, or a study file for its newest run, of each of its models')
    .option(
      '--weights <file>',
      'with a study: its data and perturbations with these weights, or this ONNX file, in place of a run',
    )
    .option('--state-dict <key>', 'with --weights: of several in the file, this one (default: averaged weights)')
    .option('--layer <name>', 'with --weights: the layer whose heatmaps are compared (default: auto)')
    .option(
      '--mean <r,g,b>',
      'with --weights: subtracted from pixels in [0, 1] (default: what the file says)',
      meanChannels,
    )
    .option('--std <r,g,b>', 'with --weights: then divided by (default: what the file says)', stdChannels)
    .option('--input-size <pixels>', 'with --weights: a side of the input', wholeNumber('--input-size', 32, 512))
    .option('--only <numbers>', 'such as 1,3: some of the study’s perturbations, from 1', perturbationNumbers)
    .option('--checkpoints <epochs>', 'such as 0,1,2,20, or all (default: the study’s)', epochs)
    .option('--method <id>', METHOD_OPTION, methodId)
    .option('--parameter <name=value>', PARAMETER_OPTION, parameter)
    .option('--architecture <name>', 'of a study of several models: only this one', networkName)
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output');
  addShardOptions(command).action(perturb);
}

async function perturb(argument: string, options: Options): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the perturbation tests');
  const { weights } = options;
  refuseUnused(options);
  if (weights !== undefined) refuseShardWith('--weights', OF_A_RUN, options);
  const ofCluster = askedOfShards(options);
  if (ofCluster !== undefined) {
    const runs = await chosenRuns(argument, options.architecture, output);
    if (ofCluster === 'tell') return askAfterShards(runs, 'perturb', options, output);
    for (const run of runs) await requestOf(run, options, output);
    return submitShards(runs, options, output);
  }
  const start = lazyEngine(options.engine, output);
  const work = { output, signal, computations: computationsOf(start, output) };
  if (weights === undefined)
    return perturbRuns(await chosenRuns(argument, options.architecture, output), options, work);
  await withTemporaryRun(argument, weights, options, { output, signal, start }, (run) =>
    perturbRuns([run], options, work),
  );
}

/** An option that would play no part is a mistake that the person should hear of. */
function refuseUnused(options: Options): void {
  const ofWeights = ['stateDict', 'layer', 'mean', 'std', 'inputSize'] as const;
  const unused = options.weights === undefined ? ofWeights : (['checkpoints'] as const);
  const option = unused.find((name) => options[name] !== undefined);
  if (option === undefined) return;
  throw new InputError('an option that plays no part here', {
    place: `--${option.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`,
    expected: `${options.weights === undefined ? 'it with' : 'no'} --weights`,
  });
}

/** @throws WorkError where a limit is missed */
async function perturbRuns(
  runs: readonly Run[],
  options: Options,
  { output, signal, computations }: Work,
): Promise<void> {
  const { shard } = options;
  if (shard !== undefined) {
    const shares: ShardDone[] = [];
    for (const run of runs)
      shares.push(
        await sayWhatIsKept(output, shareOfRun(run, { ...options, shard }, { output, signal, computations })),
      );
    await printShard(output, shard, shares, 'perturbed image');
    return;
  }
  const tested: TestedRun[] = [];
  for (const run of runs) {
    const result = await sayWhatIsKept(output, testRun(run, options, { output, signal, computations }));
    tested.push(result);
    if (runs.length > 1) output.line(`${tested.length > 1 ? '\n' : ''}${runHeading(run)}`);
    printTable(output, result.tests);
  }
  const documents = tested.map(({ run, method, layer, tests }) => ({
    ...(options.weights === undefined
      ? { run: run.folder }
      : { run: null, architecture: run.study.model.architecture }),
    method,
    layer,
    tests: tests.map(documentOf),
  }));
  const named = documents.map((document, i) => ({ architecture: runs[i]?.study.model.architecture, ...document }));
  output.document(runs.length > 1 ? { runs: named } : documents[0]);
  judge(tested.flatMap(({ tests }) => tests));
}

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly computations: Computations;
}

interface TestedRun {
  readonly run: Run;
  /** The explanation method's id. */
  readonly method: string;
  readonly layer: string;
  readonly tests: readonly PerturbationTest[];
}

/** What is asked of a run, once it is known that it can be answered. */
async function requestOf(run: Run, options: Options, output: Output) {
  const { study, epochs } = await subjectOf(run, options.checkpoints);
  const method = options.method ?? study.explain.method;
  const places = choosePerturbations(study, run.studyFile, options.only);
  const { test } = await checkedData(run, output);
  for (const place of places) sayFewerImages(place, study.perturbations[place]?.images, test.count, output);
  const { parameter: parameters } = options;
  return {
    study,
    epochs,
    method,
    asked: { run: run.folder, epochs: [...epochs], entries: places, method, parameters, compute: true },
  };
}

/** What a shard has computed and kept. @throws CancelledError */
async function shareOfRun(
  run: Run,
  options: Options & { readonly shard: Shard },
  { output, signal, computations }: Work,
): Promise<ShardDone> {
  const { asked } = await requestOf(run, options, output);
  const show = showCount(output, 'perturbed images of this shard');
  const { share } = await computations.robustness(
    { ...asked, shard: options.shard },
    {
      signal,
      progress(value) {
        if (value.kind === 'count') show(value.done, value.of);
      },
    },
  );
  if (share === undefined) throw new Error('a shard without a share');
  return { run: run.folder, about: { architecture: run.study.model.architecture }, share };
}

/** What is kept, and what is computed now. @throws CancelledError */
async function testRun(run: Run, options: Options, { output, signal, computations }: Work): Promise<TestedRun> {
  const { study, epochs, method, asked } = await requestOf(run, options, output);
  const { perturbations } = study;
  const tests: PerturbationTest[] = [];
  const show = showCount(output, 'perturbed images');
  await computations.robustness(
    { ...asked, perImage: true },
    {
      signal,
      progress(value) {
        if (value.kind === 'count') show(value.done, value.of);
        if (value.kind === 'result' && value.state !== 'stale') tests.push(testOf(run, perturbations, value));
      },
    },
  );
  tests.sort((a, b) => epochs.indexOf(a.epoch) - epochs.indexOf(b.epoch) || a.number - b.number);
  const { name: layer } = explainedLayer(modelOf(run), chooseMethod(method), study.explain.layer);
  return { run, method, layer, tests };
}

function sayFewerImages(place: number, asked: number | undefined, count: number, output: Output): void {
  if (asked === undefined || asked <= count) return;
  const are = count === 1 ? 'is' : 'are';
  output.log(`Perturbation ${place + 1} asks for ${counted(asked, 'image')}: there ${are} ${wholeText(count)}.`);
}

function testOf(
  { study, manifest }: Run,
  perturbations: readonly Perturbation[],
  { entry, epoch, measured, state }: RobustnessResultMessage,
): PerturbationTest {
  const perturbation = perturbations[entry] as Perturbation;
  return {
    architecture: study.model.architecture,
    number: entry + 1,
    perturbation,
    epoch,
    checkpoint: { cell: checkpointNumber(manifest, epoch), name: checkpointName(manifest, epoch) },
    measured,
    kept: state === 'kept',
    misses: misses(perturbation, measured),
  };
}

/**
 * @param only numbers from 1; all when absent
 * @returns places in the study's list, from 0, in its order
 * @throws InputError for a number that the study does not have
 */
function choosePerturbations({ perturbations }: Study, file: string, only?: readonly number[]): number[] {
  if (perturbations.length === 0) {
    throw new InputError('the study has no perturbations', {
      file,
      place: 'perturbations',
      expected: 'one at least, such as { "kind": "gaussianNoise" }',
    });
  }
  const unknown = only?.find((number) => number > perturbations.length);
  if (unknown !== undefined) {
    throw new InputError('no such perturbation', {
      file,
      place: '--only',
      found: String(unknown),
      expected: perturbations.length === 1 ? '1' : `a number from 1 to ${perturbations.length}`,
    });
  }
  const places = [...perturbations.keys()];
  return only === undefined ? places : places.filter((place) => only.includes(place + 1));
}
