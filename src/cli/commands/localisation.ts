import type { Command } from 'commander';
import type { NetworkName } from '../../architectures';
import type { Computations } from '../../computations';
import type { EngineChoice } from '../../engine/engine';
import { sampleOf } from '../../study';
import { foundFocus, foundLocalisation } from '../../measures/expectations/adapters';
import { checkpointName, checkpointNumber, currentStudy, type Run } from '../../runs';
import { networkName, engineChoice, epochs, METHOD_OPTION, methodIds, oneOf, wholeNumber } from '../options/arguments';
import { chosenRuns, runHeading } from '../options/runs';
import { computationsOf, lazyEngine, subjectOf } from '../computing';
import { abortOnInterrupt, sayWhatIsKept } from '../interrupt';
import {
  changingOptions,
  failWhereAnyMissed,
  judged,
  testsDocument,
  type JudgedAt,
  type Judging,
} from '../printing/expectations';
import { printLocalisation } from '../printing/localisationTable';
import { createOutput, type Output } from '../printing/output';
import { showCount } from '../printing/progress';

interface Options {
  readonly method?: readonly string[];
  readonly checkpoints?: 'all' | number[];
  readonly layer?: string;
  readonly images?: number;
  readonly target: 'predicted' | 'label';
  readonly focus?: number;
  readonly seed: number;
  readonly architecture?: NetworkName;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `localisation`: whether heat lies on the object where it is known, and on the right tiles of mosaics. */
export function addLocalisation(program: Command): void {
  program
    .command('localisation')
    .description('whether heatmaps lie on known objects (synthetic images), and on the right tiles of mosaics (Focus)')
    .argument('<run>', 'a run folder, or a study file for its newest run, of each of its models')
    .option('--method <ids>', `one or several, with commas: ${METHOD_OPTION}`, methodIds)
    .option('--checkpoints <epochs>', 'such as 0,1,2,20, or all (default: the study’s)', epochs)
    .option('--layer <name>', 'such as layer3, auto, or mean(layer2,layer3) of several (default: the study’s)')
    .option(
      '--images <count>',
      'the first so many test images, whose objects are known (default: the study’s, or 100)',
      wholeNumber('--images', 1, 10_000),
    )
    .option(
      '--target <which>',
      'whose heatmap of these: predicted by each checkpoint, or label',
      oneOf('--target', ['predicted', 'label']),
      'label',
    )
    .option(
      '--focus <count>',
      'so many mosaics of two classes; 0: none (default: the study’s, or 100)',
      wholeNumber('--focus', 0, 10_000),
    )
    .option('--seed <number>', 'of mosaics, controls and intervals', wholeNumber('--seed', 0, 2 ** 31), 0)
    .option('--architecture <name>', 'of a study of several models: only this one', networkName)
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(localisation);
}

async function localisation(argument: string, options: Options, command: Command): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the measurement');
  const runs = await chosenRuns(argument, options.architecture, output);
  const computations = computationsOf(lazyEngine(options.engine, output), output);
  const documents = [];
  const onMasks: JudgedAt[] = [];
  const onMosaics: JudgedAt[] = [];
  for (const [at, run] of runs.entries()) {
    const measured = await sayWhatIsKept(output, measureRun(run, options, { output, signal, computations }));
    if (runs.length > 1) output.line(`${at > 0 ? '\n' : ''}${runHeading(run)}`);
    printLocalisation(output, measured, (epoch) => checkpointNumber(run.manifest, epoch));
    const changedBut = (other: string) => changingOptions(command).filter((option) => option !== other);
    const masked = await judgedPoints({ run, output, changedBy: changedBut('--focus') }, measured, 'localisation');
    const focus = await judgedPoints({ run, output, changedBy: changedBut('--images') }, measured, 'focus');
    onMasks.push(...masked);
    onMosaics.push(...focus);
    documents.push({
      ...documentOf(run, options, measured),
      ...(masked.length === 0 ? {} : { tests: testsDocument(masked) }),
      ...(focus.length === 0 ? {} : { focusTests: testsDocument(focus) }),
    });
  }
  output.document(runs.length > 1 ? { runs: documents } : documents[0]);
  failWhereAnyMissed(output, { localisation: onMasks, focus: onMosaics });
}

/** Of the study's own method, which its expectations are of: of images without masks nothing can be decided. */
async function judgedPoints(
  judging: Judging & { readonly run: Run },
  { methods, points, mosaics }: Measured,
  key: 'localisation' | 'focus',
): Promise<JudgedAt[]> {
  const { run } = judging;
  const { explain } = await currentStudy(run);
  const place = methods.findIndex(({ method }) => method.id === explain.method);
  const own = key === 'focus' && mosaics === 0 ? [] : (points[place] ?? []);
  const found = own.map(({ epoch, masked, focus }) => ({
    epoch,
    name: checkpointName(run.manifest, epoch),
    scores: key === 'focus' ? foundFocus(focus) : foundLocalisation(masked),
  }));
  return judged({ ...judging, key, found });
}

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly computations: Computations;
}

type Measured = Awaited<ReturnType<Computations['localisation']>>;

async function measureRun(run: Run, options: Options, { output, signal, computations }: Work): Promise<Measured> {
  const { study, epochs } = await subjectOf(run, options.checkpoints);
  const show = showCount(output, 'heatmaps');
  return computations.localisation(
    {
      run: run.folder,
      epochs: [...epochs],
      methods: (options.method ?? [study.explain.method]).map((id) => ({ id })),
      layer: options.layer ?? study.explain.layer,
      images: options.images ?? sampleOf(study, 'localisation'),
      target: options.target,
      mosaics: options.focus ?? sampleOf(study, 'focus'),
      seed: options.seed,
    },
    {
      signal,
      strict: true,
      progress(value) {
        if (value.kind === 'count') show(value.done, value.of);
      },
    },
  );
}

function documentOf(run: Run, { target, seed }: Options, { methods, points, images, mosaics, maskArea }: Measured) {
  return {
    run: run.folder,
    architecture: run.study.model.architecture,
    target,
    seed,
    images,
    mosaics,
    maskArea,
    methods: methods.map(({ method, layer }, at) => ({ method: method.id, layer: layer.name, epochs: points[at] })),
  };
}
