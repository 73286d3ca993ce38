import { Option, type Command } from 'commander';
import type { NetworkName } from '../../architectures';
import type { EngineChoice } from '../../engine/engine';
import { InputError } from '../../common/errors';
import { shardText } from '../../common/shard';
import { FOLDER_TITLES } from '../../datasets';
import { estimateRate, NO_RATE_INTERVAL } from '../../statistics';
import { mergedParts } from '../evaluation/merge';
import { openEvaluation, type NamedEvaluation } from '../evaluation/named';
import { abortOnInterrupt } from '../interrupt';
import { networkName, engineChoice, meanChannels, stdChannels, wholeNumber } from '../options/arguments';
import { OTHER_DATA } from '../options/namedData';
import { addShardOption, type ShardOption } from '../options/shard';
import { intervalText } from '../printing/estimates';
import { createOutput, type Output } from '../printing/output';
import { shareText } from '../printing/shard';

interface Options extends ShardOption {
  readonly weights?: string;
  readonly stateDict?: string;
  readonly architecture?: NetworkName;
  readonly data?: string;
  readonly mean?: [number, number, number];
  readonly std?: [number, number, number];
  readonly inputSize?: number;
  readonly forwardOnly?: boolean;
  readonly engine: EngineChoice;
  readonly json?: boolean;
  readonly out?: string;
  readonly merge?: readonly string[];
  readonly on?: string;
}

/** `evaluate`: the accuracy of a weights file on the test images of a folder. */
export function addEvaluate(program: Command): void {
  const command = program
    .command('evaluate')
    .description('the accuracy of a weights file on the test images of a folder, of a study or of arrays')
    .option('--weights <file>', 'a file of weights: .safetensors, .pth, .pt, .th of PyTorch, or .onnx')
    .option('--architecture <name>', 'what the weights are of (default: recognised)', networkName)
    .option(
      '--data <place>',
      `a folder with the test images of ${FOLDER_TITLES}, or of pictures in a folder for each class; ${OTHER_DATA}`,
    )
    .option('--state-dict <key>', 'of several in the file, this one (default: averaged weights)')
    .option(
      '--mean <r,g,b>',
      'subtracted from pixels in [0, 1] (default: what the file says, else the data set’s)',
      meanChannels,
    )
    .option('--std <r,g,b>', 'then divided by (default: what the file says, else the data set’s)', stdChannels)
    .option(
      '--input-size <pixels>',
      'a side of the input (default: what the file says, else the architecture’s)',
      wholeNumber('--input-size', 32, 512),
    )
    .option('--forward-only', 'onnxruntime runs an .onnx file, whatever its operators, without gradients')
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .option('--out <file>', 'with --shard: where its part is written')
    .option('--merge <parts...>', 'the parts of all shards, in place of --weights and --data: the whole evaluation');
  addShardOption(command).addOption(new Option('--on <scheduler>').hideHelp()).action(evaluateCommand);
}

async function evaluateCommand(options: Options, command: Command): Promise<void> {
  const output = createOutput(options.json ?? false);
  if (options.on !== undefined) {
    throw new InputError('evaluate hands nothing to a scheduler itself: its parts are files that you name', {
      place: '--on',
      expected: '--shard i/n --out FILE in a job of your own',
      advice: `Such as: sbatch --array=1-8 --wrap 'epochlens evaluate … --shard $SLURM_ARRAY_TASK_ID/8 --out part-$SLURM_ARRAY_TASK_ID.json', and then: epochlens evaluate --merge part-*.json`,
    });
  }
  if (options.merge !== undefined) {
    refuseBesideMerge(command);
    sayEvaluation(output, await mergedParts(options.merge));
    return;
  }
  const { weights, data, shard, out } = options;
  if (weights === undefined) return missingOption(command, '--weights <file>');
  if (data === undefined) return missingOption(command, '--data <place>');
  if ((shard === undefined) !== (out === undefined)) {
    throw new InputError('an option that plays no part alone', {
      place: shard === undefined ? '--out' : '--shard',
      expected: '--shard i/n and --out FILE together',
    });
  }
  const signal = abortOnInterrupt(output, 'the evaluation');
  const evaluation = await openEvaluation({ ...options, weights, data }, { output, signal });
  if (shard === undefined || out === undefined) {
    sayEvaluation(output, await evaluation.whole());
    return;
  }
  const { done, kept, of } = await evaluation.part(shard, out);
  output.document({ part: out, shard: shardText(shard), of, done, kept, what: 'images' });
  output.line(`${shareText(shard, { done, kept, of }, 'image')}; the part is in ${out}`);
}

/** As the option parser says it of options that no command goes without. */
function missingOption(command: Command, flags: string): never {
  return command.error(`error: required option '${flags}' not specified`, {
    code: 'commander.missingMandatoryOptionValue',
  });
}

/** @throws InputError for an option that would play no part */
function refuseBesideMerge(command: Command): void {
  const given = command.options.find(
    (option) =>
      !['merge', 'json'].includes(option.attributeName()) &&
      command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (given === undefined) return;
  throw new InputError('an option that plays no part here', {
    place: given.long ?? given.flags,
    expected: 'no other options with --merge: the parts say what they are of',
  });
}

function sayEvaluation(output: Output, { architecture, twins, evaluation }: NamedEvaluation): void {
  const { accuracy, correct, of, loss, predictions } = evaluation;
  const { interval } = estimateRate(correct, of);
  output.document({
    architecture,
    ...(twins === undefined ? {} : { twins }),
    accuracy,
    correct,
    of,
    accuracyInterval: interval,
    loss,
    predictions: [...predictions],
  });
  const within = interval === null ? NO_RATE_INTERVAL : `95 % ${intervalText(interval, 2)}`;
  output.line(`${correct} of ${of} right, ${accuracy.toFixed(2)} % (${within}), mean cross-entropy ${loss.toFixed(4)}`);
}
