import type { Command } from 'commander';
import type { NetworkName } from '../../architectures';
import { settledEpoch } from '../../measures/drift';
import type { Computations } from '../../computations';
import type { EngineChoice } from '../../engine/engine';
import { explainedLayer } from '../../computations/heatmaps/explained';
import { chooseMethod } from '../../explanations';
import { modelOf } from '../../weights/fromStudy';
import { studyImages } from '../../computations/images/images';
import { checkpointNumber, listCheckpoints, type Run } from '../../runs';
import {
  networkName,
  engineChoice,
  epochs,
  imageReferences,
  METHOD_OPTION,
  methodId,
  parameter,
  PARAMETER_OPTION,
  oneOf,
} from '../options/arguments';
import { printFindings, printTable } from '../printing/driftTable';
import { checkedData, computationsOf, lazyEngine, subjectOf } from '../computing';
import { abortOnInterrupt, sayWhatIsKept } from '../interrupt';
import { createOutput, type Output } from '../printing/output';
import { showCount } from '../printing/progress';
import { chosenRuns, runHeading } from '../options/runs';

interface Options {
  readonly images?: readonly string[];
  readonly checkpoints?: 'all' | number[];
  readonly method?: string;
  readonly parameter?: Readonly<Record<string, number | string>>;
  readonly layer?: string;
  readonly architecture?: NetworkName;
  readonly target: 'predicted' | 'label';
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `attention`: how far heatmaps move from epoch to epoch, and from the last. */
export function addAttention(program: Command): void {
  program
    .command('attention')
    .description('how heatmaps move over epochs: from the one before, from the last, their spread, when they settle')
    .argument('<run>', 'a run folder, or a study file for its newest run, of each of its models')
    .option('--images <image...>', 'test:3,17 or test:0-999 of the data set, or image files (default: the study’s)')
    .option('--checkpoints <epochs>', 'such as 0,1,2,20, or all (default: the study’s)', epochs)
    .option('--method <id>', METHOD_OPTION, methodId)
    .option('--parameter <name=value>', PARAMETER_OPTION, parameter)
    .option(
      '--layer <name>',
      'such as layer3 or blocks.4, auto, or mean(layer2,layer3) or maximum(…) of several (default: the study’s)',
    )
    .option(
      '--target <which>',
      'whose heatmap: predicted by each checkpoint, or label',
      oneOf('--target', ['predicted', 'label']),
      'predicted',
    )
    .option('--architecture <name>', 'of a study of several models: only this one', networkName)
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(attention);
}

async function attention(argument: string, options: Options): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the measurement');
  const runs = await chosenRuns(argument, options.architecture, output);
  const computations = computationsOf(lazyEngine(options.engine, output), output);
  const documents = [];
  for (const [at, run] of runs.entries()) {
    const { document, numbers, kept, layer } = await sayWhatIsKept(
      output,
      measureRun(run, options, { output, signal, computations }),
    );
    documents.push(document);
    if (runs.length > 1) output.line(`${at > 0 ? '\n' : ''}${runHeading(run)}`);
    const named = (epoch: number): string => checkpointNumber(run.manifest, epoch);
    printTable(output, numbers, named);
    printFindings(output, numbers, { kept, layer });
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
  const model = modelOf(run);
  const method = options.method ?? study.explain.method;
  const place = options.layer === undefined ? undefined : '--layer';
  const layer = explainedLayer(model, chooseMethod(method), options.layer ?? study.explain.layer, place);
  const { test } = await checkedData(run, output);
  const named = imageReferences(options.images ?? [], study.explain.resize);
  const { target } = options;
  const show = showCount(output, 'heatmaps');
  const {
    images,
    layer: mapLayer,
    epochs: points,
    settling,
    maskArea,
    randomisation,
  } = await computations.attention(
    {
      run: run.folder,
      epochs: [...epochs],
      images: named.length > 0 ? named : studyImages(study, test.count),
      method,
      parameters: options.parameter,
      layer: layer.name,
      target,
    },
    { signal, strict: true, progress: ({ done, of }) => show(done, of) },
  );
  const numbers = { epochs: points, images, settling, maskArea, randomisation };
  const tracks = images.map(({ image, ...track }) => ({
    image: image.name,
    label: image.usable ? image.label : null,
    ...track,
  }));
  const kept = (await listCheckpoints(run.folder)).map(({ epoch }) => epoch);
  const document = {
    run: run.folder,
    architecture: model.network.name,
    method,
    layer: mapLayer.name,
    target,
    ...numbers,
    /** As `settling` of the target has it. */
    settled: settledEpoch(numbers.settling.target),
    images: tracks,
  };
  return { numbers, document, kept, layer: mapLayer };
}
