import type { Command } from 'commander';
import { counted, wholeText } from '../../common/counted';
import type { ArchitectureName } from '../../architectures';
import type { EngineChoice } from '../../engine/engine';
import { requireTargetLayer } from '../../models/targetLayer';
import { inputOf, modelOf } from '../../weights/fromStudy';
import { misses } from '../../measures/robustness/expectations';
import { lookUpResults, type Cell, type RobustnessPlan } from '../../computations/robustness/lookup';
import { computeMissing } from '../../computations/robustness/run';
import type { Measured } from '../../measures/robustness/measured';
import { checkpointName, checkpointNumber, selectCheckpoints, type Run } from '../../runs';
import { architectureName, engineChoice, epochs, perturbationNumbers } from '../arguments';
import { lazyEngine, type StartEngine } from '../computing';
import { loadRunData } from '../../datasets/runData';
import { abortOnInterrupt, tellWhatIsKept } from '../interrupt';
import { createOutput, type Output } from '../output';
import { choosePerturbations, currentStudy } from '../perturbations';
import { documentOf, judge, printTable, type PerturbationTest } from '../perturbationTests';
import { chosenRuns, runHeading } from '../runs';
import { showCount, showDataProgress } from '../progress';

interface Options {
  readonly only?: readonly number[];
  readonly checkpoints?: 'all' | number[];
  readonly architecture?: ArchitectureName;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `perturb`: the study's perturbation tests at every checkpoint of a run. */
export function addPerturb(program: Command): void {
  program
    .command('perturb')
    .description('the study’s perturbations at every checkpoint: accuracy, confidence and heatmaps, against "expect"')
    .argument('<run>', 'a run folder, or a study file for its newest run, of each of its models')
    .option('--only <numbers>', 'such as 1,3: some of the study’s perturbations, from 1', perturbationNumbers)
    .option('--checkpoints <epochs>', 'such as 0,1,2,20, or all (default: the study’s)', epochs)
    .option('--architecture <name>', 'of a study of several models: only this one', architectureName)
    .option('--engine <name>', 'tensorflow, wasm or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(perturb);
}

async function perturb(argument: string, options: Options): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the perturbation tests');
  const runs = await chosenRuns(argument, options.architecture, output);
  const start = lazyEngine(options.engine, output);
  const tested: TestedRun[] = [];
  for (const run of runs) {
    const result = await tellWhatIsKept(output, testRun(run, options, { output, signal, start }));
    tested.push(result);
    if (runs.length > 1) output.line(`${tested.length > 1 ? '\n' : ''}${runHeading(run)}`);
    printTable(output, result.tests);
  }
  const documents = tested.map(({ run, layer, tests }) => ({ run: run.folder, layer, tests: tests.map(documentOf) }));
  const named = documents.map((document, i) => ({ architecture: runs[i]?.study.model.architecture, ...document }));
  output.document(runs.length > 1 ? { runs: named } : documents[0]);
  judge(tested.flatMap(({ tests }) => tests));
}

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly start: StartEngine;
}

interface TestedRun {
  readonly run: Run;
  readonly layer: string;
  readonly tests: readonly PerturbationTest[];
}

async function testRun(run: Run, options: Options, work: Work): Promise<TestedRun> {
  const study = await currentStudy(run, work.output);
  const places = choosePerturbations(study, run.studyFile, options.only);
  const model = modelOf(run.study);
  const targetLayer = requireTargetLayer(model, study.explain.layer);
  const asked = options.checkpoints;
  const checkpoints = await selectCheckpoints(
    run,
    asked ?? study.explain.checkpoints,
    asked === undefined ? 'skip' : 'refuse',
  );
  const { test } = await loadRunData(run, { progress: showDataProgress(work.output) });
  const entries = study.perturbations;
  for (const place of places) {
    const images = entries[place]?.images;
    if (images !== undefined && images > test.count)
      work.output.log(
        `Perturbation ${place + 1} asks for ${counted(images, 'image')}: there ${test.count === 1 ? 'is' : 'are'} ${wholeText(test.count)}.`,
      );
  }
  const plan = {
    folder: run.folder,
    model,
    input: inputOf(run.study),
    targetLayer,
    checkpoints,
    test,
    entries,
    places,
  };
  return { run, layer: targetLayer.name, tests: await allTests(plan, run, work) };
}

/** What is kept, and what is computed now; a checkpoint at a time. @throws CancelledError */
async function allTests(
  plan: RobustnessPlan,
  { manifest }: Run,
  { output, signal, start }: Work,
): Promise<readonly PerturbationTest[]> {
  const look = await lookUpResults(plan);
  const testOf = ({ checkpoint, place, entry }: Cell, measured: Measured, kept: boolean): PerturbationTest => ({
    architecture: plan.model.architecture,
    number: place + 1,
    perturbation: entry,
    epoch: checkpoint.epoch,
    checkpoint: {
      cell: checkpointNumber(manifest, checkpoint.epoch),
      name: checkpointName(manifest, checkpoint.epoch),
    },
    measured,
    kept,
    misses: misses(entry, measured),
  });
  const tests = look.cells.flatMap((cell) =>
    cell.known.state === 'kept' ? [testOf(cell, cell.known.measured, true)] : [],
  );
  if (tests.length < look.cells.length) {
    await start();
    const notKept = (error: unknown): void => output.log(`A result could not be kept: ${String(error)}`);
    for await (const cell of computeMissing(plan, look, {
      signal,
      progress: showCount(output, 'perturbed images'),
      notKept,
    }))
      tests.push(testOf(cell, cell.measured, cell.kept));
  }
  const order = plan.checkpoints.map(({ epoch }) => epoch);
  return tests.sort((a, b) => order.indexOf(a.epoch) - order.indexOf(b.epoch) || a.number - b.number);
}
