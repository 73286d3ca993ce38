import type { Command } from 'commander';
import type { NetworkName } from '../../architectures';
import { InputError } from '../../common/errors';
import type { Computations } from '../../computations';
import { studyImages } from '../../computations/images/images';
import type { EngineChoice } from '../../engine/engine';
import { METHOD_IDS } from '../../explanations';
import { requireTargetLayer } from '../../models/targetLayer';
import { checkpointNumber, type Run } from '../../runs';
import { modelOf } from '../../weights/fromStudy';
import { checkedData, computationsOf, lazyEngine, subjectOf } from '../computing';
import { abortOnInterrupt, sayWhatIsKept } from '../interrupt';
import {
  networkName,
  engineChoice,
  epochs,
  firstOrNamed,
  methodIds,
  oneOf,
  parameter,
  PARAMETER_OPTION,
} from '../options/arguments';
import { chosenMethods } from '../options/methods';
import { chosenRuns, runHeading } from '../options/runs';
import { printAgreement } from '../printing/agreementTable';
import { createOutput, type Output } from '../printing/output';
import { showCount } from '../printing/progress';

interface Options {
  readonly images?: readonly string[];
  readonly checkpoints?: 'all' | number[];
  readonly method: readonly string[];
  readonly parameter?: Readonly<Record<string, number | string>>;
  readonly layer?: string;
  readonly architecture?: NetworkName;
  readonly target: 'predicted' | 'label';
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `agreement`: how far the maps of several methods are alike, at every checkpoint. */
export function addAgreement(program: Command): void {
  program
    .command('agreement')
    .description('how far explanation methods agree on the same images, at every checkpoint: rank correlation, overlap')
    .argument('<run>', 'a run folder, or a study file for its newest run, of each of its models')
    .requiredOption('--method <ids>', `two or more of ${METHOD_IDS.join(', ')}, separated by commas`, methodIds)
    .option('--parameter <name=value>', PARAMETER_OPTION, parameter)
    .option(
      '--images <image...>',
      'so many first test images, test:3,17 or test:0-999, or image files (default: the study’s)',
    )
    .option('--checkpoints <epochs>', 'such as 0,1,2,20, or all (default: the study’s)', epochs)
    .option('--layer <name>', 'a convolutional stage such as layer3 or blocks.4, or auto (default: the study’s)')
    .option(
      '--target <which>',
      'whose heatmap: predicted by each checkpoint, or label',
      oneOf('--target', ['predicted', 'label']),
      'predicted',
    )
    .option('--architecture <name>', 'of a study of several models: only this one', networkName)
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(agreement);
}

async function agreement(argument: string, options: Options): Promise<void> {
  if (options.method.length < 2)
    throw new InputError('one method, which agrees with itself', {
      place: '--method',
      found: JSON.stringify(options.method[0]),
      expected: `two or more of ${METHOD_IDS.join(', ')}`,
    });
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the measurement');
  const runs = await chosenRuns(argument, options.architecture, output);
  const computations = computationsOf(lazyEngine(options.engine, output), output);
  const documents = [];
  for (const [at, run] of runs.entries()) {
    const numbers = await sayWhatIsKept(output, measureRun(run, options, { output, signal, computations }));
    documents.push({ run: run.folder, architecture: run.study.model.architecture, ...numbers });
    if (runs.length > 1) output.line(`${at > 0 ? '\n' : ''}${runHeading(run)}`);
    printAgreement(output, numbers, numbers.images.length, (epoch) => checkpointNumber(run.manifest, epoch));
  }
  output.document(runs.length > 1 ? { runs: documents } : documents[0]);
}

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly computations: Computations;
}

async function measureRun(run: Run, options: Options, { output, signal, computations }: Work) {
  const { study, epochs } = await subjectOf(run, options.checkpoints);
  const { method, parameters, layer, resize } = study.explain;
  const model = modelOf(run);
  const asked =
    options.layer === undefined
      ? requireTargetLayer(model, layer)
      : requireTargetLayer(model, options.layer, '--layer');
  const methods = chosenMethods(options.method, options.parameter, { method, parameters });
  const { test } = await checkedData(run, output);
  const named = firstOrNamed(options.images ?? [], test.count, resize);
  const show = showCount(output, 'heatmaps');
  const { images, ...numbers } = await computations.agreement(
    {
      run: run.folder,
      epochs: [...epochs],
      images: named.length > 0 ? named : studyImages(study, test.count),
      methods: methods.map((each) => ({ id: each.method.id, parameters: { ...each.parameters } })),
      layer: asked.name,
      target: options.target,
    },
    { signal, strict: true, progress: ({ done, of }) => show(done, of) },
  );
  return { ...numbers, images: images.map(({ name }) => name) };
}
