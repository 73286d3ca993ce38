import type { Command } from 'commander';
import type { NetworkName } from '../../architectures';
import type { Computations } from '../../computations';
import type { EngineChoice } from '../../engine/engine';
import { checkpointName, checkpointNumber, type Run } from '../../runs';
import { networkName, engineChoice, epochs, wholeNumber } from '../options/arguments';
import { checkedData, computationsOf, lazyEngine, subjectOf } from '../computing';
import { abortOnInterrupt, sayWhatIsKept } from '../interrupt';
import { foundCalibration } from '../../measures/expectations/adapters';
import { changingOptions, failWhereMissed, judged, testsDocument, type JudgedAt } from '../printing/expectations';
import { createOutput, type Output } from '../printing/output';
import { printCalibration, type CalibrationAt } from '../printing/calibrationTables';
import { showCount } from '../printing/progress';
import { chosenRuns, runHeading } from '../options/runs';
import { sampleOf } from '../../study';

interface Options {
  readonly checkpoints?: 'all' | number[];
  readonly images?: number;
  readonly perturbations: boolean;
  readonly architecture?: NetworkName;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `calibration`: whether confidence is what it says, and how much of a confidence drop is overconfidence. */
export function addCalibration(program: Command): void {
  program
    .command('calibration')
    .description('how well confidence matches accuracy: reliability, ECE, NLL, Brier score, and a fitted temperature')
    .argument('<run>', 'a run folder, or a study file for its newest run, of each of its models')
    .option('--checkpoints <epochs>', 'such as 0,1,2,20, or all (default: the study’s)', epochs)
    .option('--images <n>', 'the first so many test images (default: all)', wholeNumber('--images', 1, 1_000_000))
    .option('--no-perturbations', 'leave out the confidence drops under the study’s perturbations')
    .option('--architecture <name>', 'of a study of several models: only this one', networkName)
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(calibration);
}

async function calibration(argument: string, options: Options, command: Command): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the measurement');
  const runs = await chosenRuns(argument, options.architecture, output);
  const computations = computationsOf(lazyEngine(options.engine, output), output);
  const documents = [];
  const tests: JudgedAt[] = [];
  for (const [at, run] of runs.entries()) {
    const found = await sayWhatIsKept(output, measureRun(run, options, { output, signal, computations }));
    const judgedHere = await judged({
      run,
      key: 'calibration',
      found: found.map(({ epoch, checkpoint, calibration: measured }) => ({
        epoch,
        name: checkpoint.name,
        scores: foundCalibration(measured),
      })),
      changedBy: changingOptions(command),
      output,
    });
    tests.push(...judgedHere);
    documents.push({
      run: run.folder,
      architecture: run.study.model.architecture,
      epochs: found.map(({ epoch, calibration: measured }) => ({ epoch, ...measured })),
      ...(judgedHere.length === 0 ? {} : { tests: testsDocument(judgedHere) }),
    });
    if (runs.length > 1) output.line(`${at > 0 ? '\n' : ''}${runHeading(run)}`);
    printCalibration(output, found);
  }
  output.document(runs.length > 1 ? { runs: documents } : documents[0]);
  failWhereMissed(output, 'calibration', tests);
}

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly computations: Computations;
}

/** By epoch. */
async function measureRun(
  run: Run,
  options: Options,
  { output, signal, computations }: Work,
): Promise<CalibrationAt[]> {
  const { study, epochs } = await subjectOf(run, options.checkpoints);
  const images = options.images ?? sampleOf(study, 'calibration');
  await checkedData(run, output);
  const found: CalibrationAt[] = [];
  const show = showCount(output, 'images');
  await computations.calibration(
    {
      run: run.folder,
      epochs: [...epochs],
      ...(images === undefined ? {} : { images }),
      ...(options.perturbations ? {} : { entries: [] }),
      compute: true,
    },
    {
      signal,
      progress(value) {
        if (value.kind === 'count') show(value.done, value.of);
        if (value.kind !== 'result') return;
        const { epoch, calibration } = value;
        const cell = checkpointNumber(run.manifest, epoch);
        found.push({ epoch, checkpoint: { cell, name: checkpointName(run.manifest, epoch) }, calibration });
      },
    },
  );
  return found.sort((a, b) => a.epoch - b.epoch);
}
