import type { Command } from 'commander';
import type { NetworkName } from '../../architectures';
import type { Computations, ResultOf } from '../../computations';
import { SANITY_CHECKS } from '../../computations/sanity/schema';
import { InputError } from '../../common/errors';
import { METHOD_IDS } from '../../explanations';
import type { EngineChoice } from '../../engine/engine';
import { foundSanity } from '../../measures/expectations/adapters';
import { checkpointName, currentStudy, resolveRuns, type Run } from '../../runs';
import { sampleOf } from '../../study';
import {
  networkName,
  engineChoice,
  epochs,
  firstOrNamed,
  parameter,
  PARAMETER_OPTION,
  parametersOfEach,
  someOf,
  wholeNumber,
} from '../options/arguments';
import { computationsOf, checkedData, lazyEngine, subjectOf } from '../computing';
import { abortOnInterrupt, sayWhatIsKept } from '../interrupt';
import { chosenRuns, runHeading } from '../options/runs';
import {
  changingOptions,
  failWhereMissed,
  judged,
  testsDocument,
  type JudgedAt,
  type Judging,
} from '../printing/expectations';
import { createOutput, type Output } from '../printing/output';
import { showCount } from '../printing/progress';
import { printSanity } from '../printing/sanityTables';

type Check = (typeof SANITY_CHECKS)[number];

interface Options {
  readonly checkpoints?: 'all' | number[];
  readonly method?: readonly string[];
  readonly parameter?: Readonly<Record<string, number | string>>;
  readonly layer?: string;
  readonly images?: readonly string[];
  readonly only?: readonly Check[];
  readonly randomise?: number;
  readonly draws?: number;
  readonly trainingImages?: number;
  readonly against?: string;
  readonly seed: number;
  readonly architecture?: NetworkName;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `sanity`: whether heatmaps follow from the class, the weights and the labels. */
export function addSanity(program: Command): void {
  program
    .command('sanity')
    .description('whether heatmaps depend on the class, on the weights (re-drawn layer by layer) and on the labels')
    .argument('<run>', 'a run folder, or a study file for its newest run, of each of its models')
    .option('--checkpoints <epochs>', 'such as 0,1,2,20, or all (default: the study’s)', epochs)
    .option('--method <ids>', `some of ${METHOD_IDS.join(',')} (default: the study’s)`, someOf('--method', METHOD_IDS))
    .option('--parameter <name=value>', PARAMETER_OPTION, parameter)
    .option('--layer <name>', 'a convolutional stage such as layer3 or blocks.4, or auto (default: the study’s)')
    .option(
      '--images <n or image...>',
      'so many test images, or test:3,17 or image files (default: the study’s, or 100)',
    )
    .option('--only <checks>', `some of ${SANITY_CHECKS.join(',')}`, someOf('--only', SANITY_CHECKS))
    .option('--randomise <epoch>', 'whose weights are re-drawn (default: the last)', wholeNumber('--randomise', 0, 1e6))
    .option('--draws <n>', 'how often they are (default: 3)', wholeNumber('--draws', 1, 100))
    .option(
      '--training-images <n>',
      'over which running statistics are then computed anew (default: 512)',
      wholeNumber('--training-images', 2, 100_000),
    )
    .option('--against <run>', 'another run of the same data and architecture, such as one of permuted labels')
    .option('--seed <n>', 'of all that is drawn', wholeNumber('--seed', 0, 0xffff_ffff), 0)
    .option('--architecture <name>', 'of a study of several models: only this one', networkName)
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(sanity);
}

async function sanity(argument: string, options: Options, command: Command): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the sanity checks');
  const runs = await chosenRuns(argument, options.architecture, output);
  const computations = computationsOf(lazyEngine(options.engine, output), output);
  const documents = [];
  const tests: JudgedAt[] = [];
  for (const [at, run] of runs.entries()) {
    const result = await sayWhatIsKept(output, checkRun(run, options, { output, signal, computations }));
    if (runs.length > 1) output.line(`${at > 0 ? '\n' : ''}${runHeading(run)}`);
    printSanity(output, result, run.manifest);
    const judgedHere = await judgedPoints(run, result, { output, changedBy: changingOptions(command) });
    tests.push(...judgedHere);
    documents.push({
      run: run.folder,
      architecture: run.study.model.architecture,
      seed: options.seed,
      ...result,
      ...(judgedHere.length === 0 ? {} : { tests: testsDocument(judgedHere) }),
    });
  }
  output.document(runs.length > 1 ? { runs: documents } : documents[0]);
  failWhereMissed(output, 'sanity', tests);
}

/** Of the study's own method, which its expectations are of; nothing where it was not among the methods. */
async function judgedPoints(run: Run, { methods }: ResultOf<'sanity'>, judging: Judging): Promise<JudgedAt[]> {
  const { explain } = await currentStudy(run);
  const own = methods.find(({ method }) => method.id === explain.method);
  const found = own === undefined ? [] : foundSanity(own);
  const named = found.map((at) => ({ ...at, name: checkpointName(run.manifest, at.epoch) }));
  return judged({ ...judging, run, key: 'sanity', found: named });
}

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly computations: Computations;
}

async function checkRun(
  run: Run,
  options: Options,
  { output, signal, computations }: Work,
): Promise<ResultOf<'sanity'>> {
  const { study, epochs } = await subjectOf(run, options.checkpoints);
  const { test } = await checkedData(run, output);
  const { only, randomise, draws, trainingImages, against } = options;
  if (only !== undefined && only.includes('against') !== (against !== undefined))
    throw new InputError('a comparison and a run to compare with go together', {
      place: '--only, --against',
      found: against === undefined ? 'against without --against' : '--against without against',
      expected: 'both, or none',
    });
  const ids = options.method ?? [study.explain.method];
  const parameters = parametersOfEach(ids, options.parameter);
  const show = showCount(output, 'heatmaps');
  return computations.sanity(
    {
      run: run.folder,
      epochs: [...epochs],
      images: firstOrNamed(
        options.images ?? [String(Math.min(sampleOf(study, 'sanity'), test.count))],
        test.count,
        study.explain.resize,
      ),
      methods: ids.map((method, at) => ({ method, parameters: parameters?.[at] })),
      layer: options.layer ?? study.explain.layer,
      seed: options.seed,
      randomisation: { epoch: randomise, draws, trainingImages },
      ...(only && { checks: [...only] }),
      ...(against !== undefined && { against: (await resolveRuns(against, study.model.architecture))[0].folder }),
    },
    {
      signal,
      strict: true,
      progress: (value) => {
        if (value.kind === 'count') show(value.done, value.of);
      },
    },
  );
}
