import type { Command } from 'commander';
import type { ArchitectureName } from '../../architectures';
import { measureAttention } from '../../engine/attention/run';
import { SETTLED_SPEARMAN } from '../../engine/attention/settling';
import type { EngineChoice } from '../../engine/backend/engine';
import { memoryReaders } from '../../engine/data/reader';
import { targetStage } from '../../engine/explain/targetLayer';
import { inputOf, modelOf } from '../../engine/fromStudy';
import { loadImages, studyImages } from '../../engine/images';
import type { AttentionNumbers } from '../../protocol/attention';
import type { Estimate } from '../../protocol/values';
import { selectCheckpoints, type Run } from '../../runs';
import { architectureName, engineChoice, epochs, imageReferences, oneOf } from '../arguments';
import { lazyEngine, mapComputer, type StartEngine } from '../computing';
import { loadRunData } from '../explainSource';
import { abortOnInterrupt } from '../interrupt';
import { createOutput, table, type Output } from '../output';
import { currentStudy } from '../perturbations';
import { showCount } from '../progress';
import { chosenRuns, runHeading } from '../runs';

interface Options {
  readonly images?: readonly string[];
  readonly checkpoints?: 'all' | number[];
  readonly layer?: string;
  readonly architecture?: ArchitectureName;
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
    .option('--layer <name>', 'a convolutional stage such as layer3 or blocks.4, or auto (default: the study’s)')
    .option(
      '--target <which>',
      'whose heatmap: predicted by each checkpoint, or label',
      oneOf('--target', ['predicted', 'label']),
      'predicted',
    )
    .option('--architecture <name>', 'of a study of several models: only this one', architectureName)
    .option('--engine <name>', 'tensorflow, wasm or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(attention);
}

async function attention(argument: string, options: Options): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the measurement');
  const runs = await chosenRuns(argument, options.architecture, output);
  const start = lazyEngine(options.engine, output);
  const documents = [];
  for (const [at, run] of runs.entries()) {
    const { document, numbers } = await measureRun(run, options, { output, signal, start });
    documents.push(document);
    if (runs.length > 1) output.line(`${at > 0 ? '\n' : ''}${runHeading(run)}`);
    printTable(output, numbers);
    printFindings(output, numbers);
  }
  output.document(runs.length > 1 ? { runs: documents } : documents[0]);
}

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly start: StartEngine;
}

async function measureRun(run: Run, options: Options, { output, signal, start }: Work) {
  const study = await currentStudy(run, output);
  const model = modelOf(run.study);
  const input = inputOf(run.study);
  const stage = targetStage(model, options.layer ?? study.explain.layer);
  const asked = options.checkpoints;
  const checkpoints = await selectCheckpoints(
    run.folder,
    asked ?? study.explain.checkpoints,
    asked === undefined ? 'skip' : 'refuse',
  );
  const dataset = await loadRunData(run, output);
  const named = imageReferences(options.images ?? []);
  const references = named.length > 0 ? named : studyImages(study, dataset.test.count);
  const images = await loadImages(references, memoryReaders(dataset), model.inputSize);
  const { target } = options;
  const randomStart = run.study.model.weights === 'random';
  const numbers = await measureAttention(
    { folder: run.folder, model, input, stage, checkpoints, images, target, randomStart },
    {
      signal,
      progress: showCount(output, 'heatmaps'),
      compute: mapComputer(start, { model, input, stage, signal }),
      complain: (text) => output.log(text),
    },
  );
  const tracks = numbers.images.map((track, i) => ({ image: images[i]?.name, label: images[i]?.label, ...track }));
  const { architecture } = model;
  const document = { run: run.folder, architecture, layer: stage.name, target, ...numbers, images: tracks };
  return { numbers, document };
}

const HEADER = ['epoch', 'ρ previous', 'ρ last', '95 %', 'overlap last', 'shift last', 'entropy', 'in mask', 'flat'];

function printTable(output: Output, { epochs: points, images }: AttentionNumbers): void {
  const rows = points.map(({ epoch, fromPrevious, fromLast, entropy, inMask, flat }) => [
    String(epoch),
    mean(fromPrevious?.spearman ?? null),
    mean(fromLast.spearman),
    fromLast.spearman === null ? '–' : `${fromLast.spearman.low.toFixed(3)}…${fromLast.spearman.high.toFixed(3)}`,
    mean(fromLast.topOverlap),
    mean(fromLast.centreShift),
    mean(entropy),
    mean(inMask),
    `${flat} of ${images.length}`,
  ]);
  for (const line of table([HEADER, ...rows])) output.line(line);
}

function mean(estimate: Estimate | null): string {
  return estimate?.mean.toFixed(3) ?? '–';
}

function printFindings(
  output: Output,
  { settled, maskArea, randomisation, images, epochs: points }: AttentionNumbers,
): void {
  output.line();
  output.line(
    settled === null
      ? `Focus does not settle before the last of these epochs: ρ with the last is not ${SETTLED_SPEARMAN} from any on.`
      : `Focus settles at epoch ${settled}: from there on ρ with the last stays at least ${SETTLED_SPEARMAN}.`,
  );
  if (randomisation?.spearman !== undefined && randomisation.spearman !== null) {
    const { mean: value, low, high } = randomisation.spearman;
    output.line(
      `Randomisation check: ρ ${value.toFixed(3)} (95 % ${low.toFixed(3)}…${high.toFixed(3)}) between the untrained map and the last one of the same class; near 1 the map would say nothing of what was learned.`,
    );
  }
  if (maskArea !== null)
    output.line(
      `The objects' masks cover ${(100 * maskArea).toFixed(1)} % of the images: heat spread evenly would have that inside.`,
    );
  if (points.every(({ flat }) => flat === images.length))
    output.line('All heatmaps are flat, so that nothing moves: choose an earlier --layer, or train on larger inputs.');
}
