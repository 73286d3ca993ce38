import type { Command } from 'commander';
import type { NetworkName } from '../../architectures';
import { InputError } from '../../common/errors';
import type { Computations } from '../../computations';
import type { AttackEntry } from '../../computations/attacks/schema';
import type { EngineChoice } from '../../engine/engine';
import { checkpointName, checkpointNumber, type Run } from '../../runs';
import type { ResolvedAttack, Study } from '../../study';
import { engineChoice, epochs, meanChannels, networkName, stdChannels, wholeNumber } from '../options/arguments';
import { namedAttack, type AttackOptions } from '../options/attack';
import { chosenRuns, runHeading } from '../options/runs';
import { withTemporaryRun } from '../options/temporaryRun';
import { checkedData, computationsOf, lazyEngine, subjectOf } from '../computing';
import { abortOnInterrupt, sayWhatIsKept } from '../interrupt';
import { attackDocument, doubtsOf, judgeAttacks, printAttacks, type AttackTest } from '../printing/attackTable';
import { createOutput, type Output } from '../printing/output';
import { showCount } from '../printing/progress';

interface Options extends AttackOptions {
  readonly checkpoints?: 'all' | number[];
  readonly weights?: string;
  readonly stateDict?: string;
  readonly mean?: [number, number, number];
  readonly std?: [number, number, number];
  readonly inputSize?: number;
  readonly architecture?: NetworkName;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `attack`: accuracy under FGSM and PGD. */
export function addAttack(program: Command): void {
  program
    .command('attack')
    .description('accuracy under attacks along the gradient, FGSM and PGD: the study’s, or one that options name')
    .argument('<run>', 'a run folder, or a study file for its newest run, of each of its models')
    .option('--kind <name>', 'fgsm or pgd, in place of the study’s attacks (default: pgd, with --steps 1 fgsm)')
    .option('--norm <name>', 'how far is measured: linf or l2 (default: linf)')
    .option('--epsilon <distance>', 'the largest distance, of pixels in 0 … 1 (default: 8/255)')
    .option('--steps <n>', 'how many steps (default: 10)', wholeNumber('--steps', 1, 1000))
    .option('--step-size <distance>', 'how far a step goes (default: 2.5 × epsilon / steps)')
    .option('--restarts <n>', 'how many random starts (default: 1, from the image)', wholeNumber('--restarts', 1, 100))
    .option('--images <n>', 'the first so many test images (default: all)', wholeNumber('--images', 1, 1_000_000))
    .option('--checkpoints <epochs>', 'such as 0,1,2,20, or all (default: the study’s)', epochs)
    .option('--weights <file>', 'with a study: its data and these weights, or this ONNX file, in place of a run')
    .option('--state-dict <key>', 'with --weights: of several in the file, this one (default: averaged weights)')
    .option(
      '--mean <r,g,b>',
      'with --weights: subtracted from pixels in [0, 1] (default: what the file says)',
      meanChannels,
    )
    .option('--std <r,g,b>', 'with --weights: then divided by (default: what the file says)', stdChannels)
    .option('--input-size <pixels>', 'with --weights: a side of the input', wholeNumber('--input-size', 32, 512))
    .option('--architecture <name>', 'of a study of several models: only this one', networkName)
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(attack);
}

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly computations: Computations;
}

async function attack(argument: string, options: Options): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the attacks');
  // What is asked for is read before anything is loaded.
  namedAttack(options);
  const start = lazyEngine(options.engine, output);
  const work = { output, signal, computations: computationsOf(start, output) };
  const { weights } = options;
  if (weights === undefined) {
    await attackRuns(await chosenRuns(argument, options.architecture, output), options, work);
    return;
  }
  await withTemporaryRun(argument, weights, options, { output, signal, start }, (run) =>
    attackRuns([run], options, work),
  );
}

/** @throws WorkError where a limit is missed */
async function attackRuns(runs: readonly Run[], options: Options, work: Work): Promise<void> {
  const { output } = work;
  const documents = [];
  const all: AttackTest[] = [];
  for (const [at, run] of runs.entries()) {
    const tests = await sayWhatIsKept(output, attackRun(run, options, work));
    all.push(...tests);
    if (runs.length > 1) output.line(`${at > 0 ? '\n' : ''}${runHeading(run)}`);
    printAttacks(output, tests);
    const { architecture } = run.study.model;
    documents.push({ run: run.folder, architecture, tests: tests.map(attackDocument), doubts: doubtsOf(tests) });
  }
  output.document(runs.length > 1 ? { runs: documents } : documents[0]);
  judgeAttacks(all);
}

/** What is kept, and what is computed now. @throws CancelledError */
async function attackRun(run: Run, options: Options, { output, signal, computations }: Work): Promise<AttackTest[]> {
  const { study, epochs: chosen } = await subjectOf(run, options.checkpoints);
  const attacks = chosenAttacks(study, run.studyFile, options);
  await checkedData(run, output);
  const tests: AttackTest[] = [];
  let entries: readonly AttackEntry[] = [];
  const show = showCount(output, 'gradients');
  await computations.attack(
    { run: run.folder, epochs: [...chosen], attacks, compute: true },
    {
      signal,
      progress(value) {
        if (value.kind === 'start') entries = value.entries;
        if (value.kind === 'count') show(value.done, value.of);
        if (value.kind !== 'result') return;
        const { manifest } = run;
        const { epoch, entry } = value;
        const checkpoint = { cell: checkpointNumber(manifest, epoch), name: checkpointName(manifest, epoch) };
        tests.push({ entry: entries[entry] as AttackEntry, result: value, checkpoint });
      },
    },
  );
  return tests.sort((a, b) => a.result.epoch - b.result.epoch || a.entry.entry - b.entry.entry);
}

/** Of fewer images than the study's an attack is another: then nothing is expected of it. */
function chosenAttacks({ attacks = [] }: Study, file: string, options: Options): ResolvedAttack[] {
  const named = namedAttack(options);
  if (named !== undefined) return [named];
  if (attacks.length === 0) {
    throw new InputError('the study has no attacks', {
      file,
      place: 'attacks',
      expected: 'one at least, such as { "kind": "pgd", "epsilon": "2/255" }, or --kind or --epsilon',
    });
  }
  const { images } = options;
  return images === undefined ? attacks : attacks.map((each) => ofImages(each, images));
}

function ofImages(attack: ResolvedAttack, images: number): ResolvedAttack {
  const changed = { ...attack, images };
  delete changed.expect;
  return changed;
}
