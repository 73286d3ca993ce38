import type { Command } from 'commander';
import { WorkError } from '../../common/errors';
import type { EngineChoice } from '../../engine/backend/engine';
import { startEngine } from '../../engine/backend/start';
import { targetStage } from '../../engine/explain/targetLayer';
import { inputOf, modelOf } from '../../engine/fromStudy';
import { misses, type Miss } from '../../engine/robustness/expectations';
import { lookUp, type Cell, type RobustnessPlan } from '../../engine/robustness/look';
import { computeMissing } from '../../engine/robustness/run';
import type { Measured } from '../../protocol/measured';
import { resolveRun, selectCheckpoints } from '../../runs';
import { perturbationText, type Perturbation } from '../../study';
import { engineChoice, epochs, perturbationNumbers } from '../arguments';
import { loadRunData } from '../explainSource';
import { abortOnInterrupt } from '../interrupt';
import { createOutput, table, type Output } from '../output';
import { choosePerturbations, currentStudy } from '../perturbations';
import { showCount } from '../progress';

interface Options {
  readonly only?: readonly number[];
  readonly checkpoints?: 'all' | number[];
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** A perturbation at a checkpoint, with what it misses. */
interface Test {
  /** Its place in the study file, from 1. */
  readonly number: number;
  readonly perturbation: Perturbation;
  readonly epoch: number;
  readonly measured: Measured;
  /** Whether it was computed before. */
  readonly kept: boolean;
  readonly misses: readonly Miss[];
}

/** `perturb`: the study's perturbation tests at every checkpoint of a run. */
export function addPerturb(program: Command): void {
  program
    .command('perturb')
    .description('the study’s perturbations at every checkpoint: accuracy, confidence and heatmaps, against "expect"')
    .argument('<run>', 'a run folder, or a study file for its newest run')
    .option('--only <numbers>', 'such as 1,3: some of the study’s perturbations, from 1', perturbationNumbers)
    .option('--checkpoints <epochs>', 'such as 0,1,2,20, or all (default: the study’s)', epochs)
    .option('--engine <name>', 'tensorflow, wasm or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(perturb);
}

async function perturb(argument: string, options: Options): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the perturbation tests');
  const run = await resolveRun(argument);
  const study = await currentStudy(run, output);
  const places = choosePerturbations(study, run.studyFile, options.only);
  const model = modelOf(run.study);
  const stage = targetStage(model, study.explain.layer);
  const asked = options.checkpoints;
  const checkpoints = await selectCheckpoints(
    run.folder,
    asked ?? study.explain.checkpoints,
    asked === undefined ? 'skip' : 'refuse',
  );
  const { test } = await loadRunData(run, output);
  const entries = study.perturbations;
  for (const place of places) {
    const images = entries[place]?.images;
    if (images !== undefined && images > test.count)
      output.log(`Perturbation ${place + 1} asks for ${images} images: there are ${test.count}.`);
  }
  const plan = { folder: run.folder, model, input: inputOf(run.study), stage, checkpoints, test, entries, places };
  const tests = await allTests(plan, options, output, signal);
  output.document({ run: run.folder, layer: stage.name, tests: tests.map(documentOf) });
  printTable(output, tests);
  judge(tests);
}

/** What is kept, and what is computed now; a checkpoint at a time. @throws CancelledError */
async function allTests(
  plan: RobustnessPlan,
  options: Options,
  output: Output,
  signal: AbortSignal,
): Promise<readonly Test[]> {
  const look = await lookUp(plan);
  const testOf = ({ checkpoint, place, entry }: Cell, measured: Measured, kept: boolean): Test => ({
    number: place + 1,
    perturbation: entry,
    epoch: checkpoint.epoch,
    measured,
    kept,
    misses: misses(entry, measured),
  });
  const tests = look.cells.flatMap((cell) =>
    cell.known.state === 'kept' ? [testOf(cell, cell.known.measured, true)] : [],
  );
  if (tests.length < look.cells.length) {
    const engine = await startEngine(options.engine);
    output.log(`Engine: ${engine.name} (${engine.version}, ${engine.device}), ${engine.reason}`);
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

function documentOf({ number, perturbation, epoch, kept, measured, misses: missed }: Test): unknown {
  return { number, perturbation, epoch, kept, ...measured, passed: passed(perturbation, missed), misses: missed };
}

/** Null where nothing is expected. */
function passed({ expect }: Perturbation, missed: readonly Miss[]): boolean | null {
  return expect === undefined || Object.keys(expect).length === 0 ? null : missed.length === 0;
}

const HEADER = ['perturbation', 'epoch', 'clean %', 'accuracy %', 'drop', '95 %', 'flips %', 'similarity', 'result'];

function printTable(output: Output, tests: readonly Test[]): void {
  const rows = [...tests]
    .sort((a, b) => a.number - b.number || a.epoch - b.epoch)
    .map(({ number, perturbation, epoch, measured, misses: missed }) => {
      const { clean, accuracy, confidenceDrop, flipRate, heatmapSimilarity } = measured;
      const { mean, low, high } = confidenceDrop.ofPrediction;
      const result = passed(perturbation, missed);
      return [
        `${number} ${perturbationText(perturbation)}`,
        String(epoch),
        clean.accuracy.toFixed(2),
        accuracy.toFixed(2),
        mean.toFixed(4),
        `${low.toFixed(4)}…${high.toFixed(4)}`,
        flipRate.toFixed(2),
        heatmapSimilarity.spearman?.toFixed(3) ?? '–',
        result === null ? '–' : result ? 'passed' : 'FAILED',
      ];
    });
  for (const line of table([HEADER, ...rows])) output.line(line);
}

/** @throws WorkError where a test misses what is expected of it, with the numbers */
function judge(tests: readonly Test[]): void {
  const failed = tests.filter(({ misses: missed }) => missed.length > 0);
  if (failed.length === 0) return;
  const expecting = tests.filter(({ perturbation, misses: missed }) => passed(perturbation, missed) !== null).length;
  const lines = failed.map(({ number, perturbation, epoch, misses: missed }) => {
    const numbers = missed.map(({ text }) => text).join('; ');
    return `\n  ${number} ${perturbationText(perturbation)} at epoch ${epoch}: ${numbers}`;
  });
  throw new WorkError(`${failed.length} of ${expecting} tests failed${lines.join('')}`);
}
