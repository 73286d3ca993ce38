import type { Command } from 'commander';
import { counted, wholeText } from '../../common/counted';
import type { NetworkName } from '../../architectures';
import type { Computations } from '../../computations';
import type { EngineChoice } from '../../engine/engine';
import { METHOD_IDS } from '../../explanations';
import { scoresOf } from '../../computations/studyTests/requests';
import { foundFaithfulness } from '../../measures/expectations/adapters';
import { CONTROL_IDS, type ControlId } from '../../measures/faithfulness/controls';
import { DEFAULT_SCORES, SCORE_IDS, type ScoreId } from '../../measures/faithfulness/scores';
import { ROAD_NOISE } from '../../measures/faithfulness/road/road';
import { requireTargetLayer } from '../../models/targetLayer';
import type { Faithfulness, FaithfulnessStart } from '../../protocol/engine';
import { checkpointName, checkpointNumber, currentStudy, type Run } from '../../runs';
import { sampleOf, type Study } from '../../study';
import { modelOf } from '../../weights/fromStudy';
import {
  networkName,
  engineChoice,
  epochs,
  firstOrNamed,
  oneOf,
  parameter,
  PARAMETER_OPTION,
  parametersOfEach,
  share,
  someOf,
  wholeNumber,
} from '../options/arguments';
import { askAfterShards } from '../cluster/shardJobs';
import { submitShards } from '../cluster/submitShards';
import { checkedData, computationsOf, lazyEngine, subjectOf } from '../computing';
import { abortOnInterrupt, sayWhatIsKept } from '../interrupt';
import { chosenRuns, runHeading } from '../options/runs';
import { addShardOptions, askedOfShards, type ShardOptions } from '../options/shard';
import { printFaithfulness } from '../printing/faithfulnessTable';
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
import { printShard, type ShardDone } from '../printing/shard';

interface Options extends ShardOptions {
  readonly images?: readonly string[];
  readonly checkpoints?: 'all' | number[];
  readonly method?: readonly string[];
  readonly parameter?: Readonly<Record<string, number | string>>;
  readonly layer?: string;
  readonly target: 'predicted' | 'label';
  readonly scores?: readonly ScoreId[];
  readonly controls: readonly ControlId[];
  readonly seed: number;
  readonly roadNoise: number;
  readonly architecture?: NetworkName;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `faithfulness`: what maps are worth by the network's own predictions, beside maps that know nothing. */
export function addFaithfulness(program: Command): void {
  const command = program
    .command('faithfulness')
    .description('how faithful heatmaps are at every checkpoint: deletion, insertion, ROAD, … beside control maps')
    .argument('<run>', 'a run folder, or a study file for its newest run, of each of its models')
    .option(
      '--images <image...>',
      'so many first test images, test:3,17 or test:0-999, or image files (default: the study’s, or 100)',
    )
    .option('--checkpoints <epochs>', 'such as 0,1,2,20, or all (default: the study’s)', epochs)
    .option('--method <ids>', `some of ${METHOD_IDS.join(',')} (default: the study’s)`, someOf('--method', METHOD_IDS))
    .option('--parameter <name=value>', PARAMETER_OPTION, parameter)
    .option('--layer <name>', 'a convolutional stage such as layer3 or blocks.4, or auto (default: the study’s)')
    .option(
      '--target <which>',
      'whose map and probability: predicted by each checkpoint, or label',
      oneOf('--target', ['predicted', 'label']),
      'predicted',
    )
    .option(
      '--scores <names>',
      `some of ${SCORE_IDS.join(',')} (default: ${DEFAULT_SCORES.join(',')}, and those that the study expects something of)`,
      someOf('--scores', SCORE_IDS),
    )
    .option(
      '--controls <names>',
      `some of ${CONTROL_IDS.join(',')}, or none`,
      (word): readonly ControlId[] => (word === 'none' ? [] : someOf('--controls', CONTROL_IDS)(word)),
      CONTROL_IDS,
    )
    .option('--seed <number>', 'of all that is drawn', wholeNumber('--seed', 0, 2 ** 31 - 1), 0)
    .option(
      '--road-noise <share>',
      'deviation of the noise on what ROAD imputes, of the pixels’ range',
      share('--road-noise', 0),
      ROAD_NOISE,
    )
    .option('--architecture <name>', 'of a study of several models: only this one', networkName)
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output');
  addShardOptions(command).action(faithfulness);
}

async function faithfulness(argument: string, options: Options, command: Command): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the measurement');
  const ofCluster = askedOfShards(options);
  const runs = await chosenRuns(argument, options.architecture, output);
  if (ofCluster === 'tell') return askAfterShards(runs, 'faithfulness', options, output);
  if (ofCluster === 'submit') {
    for (const run of runs) await requestOf(run, options, output);
    return submitShards(runs, options, output);
  }
  const computations = computationsOf(lazyEngine(options.engine, output), output);
  const { shard } = options;
  if (shard !== undefined) {
    const shares: ShardDone[] = [];
    for (const run of runs) {
      const { share } = await sayWhatIsKept(output, measureRun(run, options, { output, signal, computations }));
      if (share === undefined) throw new Error('a shard without a share');
      shares.push({ run: run.folder, about: { architecture: run.network.name }, share });
    }
    await printShard(output, shard, shares, 'scored image');
    return;
  }
  const documents = [];
  const tests: JudgedAt[] = [];
  for (const [at, run] of runs.entries()) {
    const result = await sayWhatIsKept(output, measureRun(run, options, { output, signal, computations }));
    if (runs.length > 1) output.line(`${at > 0 ? '\n' : ''}${runHeading(run)}`);
    printFaithfulness(output, result, (epoch) => checkpointNumber(run.manifest, epoch));
    const judgedHere = await judgedPoints(run, result, { output, changedBy: changingOptions(command) });
    tests.push(...judgedHere);
    const { points, methods, scores, controls, cost, classNames, images, unusable, untrained } = result;
    documents.push({
      run: run.folder,
      architecture: run.network.name,
      seed: options.seed,
      scores,
      controls,
      passes: cost,
      classNames,
      images,
      unusable,
      untrained,
      methods: methods.map((made, method) => ({ ...made, points: points[method] })),
      ...(judgedHere.length === 0 ? {} : { tests: testsDocument(judgedHere) }),
    });
  }
  output.document(runs.length > 1 ? { runs: documents } : documents[0]);
  failWhereMissed(output, 'faithfulness', tests);
}

/** Of the study's own method, which its expectations are of; nothing where it was not among the methods. */
async function judgedPoints(run: Run, { methods, points }: Faithfulness, judging: Judging): Promise<JudgedAt[]> {
  const { explain } = await currentStudy(run);
  const place = methods.findIndex(({ method }) => method.id === explain.method);
  const found = (points[place] ?? []).map((measured) => ({
    epoch: measured.epoch,
    name: checkpointName(run.manifest, measured.epoch),
    scores: foundFaithfulness(measured),
  }));
  return judged({ ...judging, run, key: 'faithfulness', found });
}

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly computations: Computations;
}

/** What is asked of a run, once it is known that it can be answered. */
async function requestOf(run: Run, options: Options, output: Output) {
  const { study, epochs: asked } = await subjectOf(run, options.checkpoints);
  const model = modelOf(run);
  const layer =
    options.layer === undefined
      ? requireTargetLayer(model, study.explain.layer)
      : requireTargetLayer(model, options.layer, '--layer');
  const { test } = await checkedData(run, output);
  return {
    run: run.folder,
    epochs: [...asked],
    images: firstOrNamed(
      options.images ?? [String(Math.min(sampleOf(study, 'faithfulness'), test.count))],
      test.count,
      study.explain.resize,
    ),
    methods: methodsOf(options, study),
    layer: layer.name,
    target: options.target,
    scores: options.scores === undefined ? scoresOf(study) : [...options.scores],
    controls: [...options.controls],
    seed: options.seed,
    roadNoise: options.roadNoise,
    compute: true,
    perImage: options.json ?? false,
    shard: options.shard,
  };
}

async function measureRun(run: Run, options: Options, { output, signal, computations }: Work) {
  const asked = await requestOf(run, options, output);
  const show = showCount(output, 'images through the network');
  return computations.faithfulness(asked, {
    signal,
    strict: true,
    progress(value) {
      if (value.kind === 'start') output.log(costText(value));
      if (value.kind === 'count') show(value.done, value.of);
    },
  });
}

/** Of several methods, each takes those of the parameters that it has. */
function methodsOf({ method: ids, parameter: given }: Options, study: Study) {
  const chosen = ids ?? [study.explain.method];
  const parameters = parametersOfEach(chosen, given);
  return chosen.map((id, at) => ({ id, parameters: parameters?.[at] }));
}

/** "To compute: 5,800 forward passes." */
function costText({ passes: { forward, backward } }: FaithfulnessStart): string {
  if (forward === 0) return 'All is kept: nothing has to be computed.';
  const back = backward === 0 ? '' : ` and ${wholeText(backward)} backward`;
  return `To compute: ${counted(forward, 'forward pass', 'forward passes')}${back}, and what they are made of beside them.`;
}
