import type { Command } from 'commander';
import { WorkError } from '../../common/errors';
import type { EngineChoice } from '../../engine/engine';
import { verifyData } from '../../computations/reproduction/data';
import { reproduce, type Reproduction } from '../../computations/reproduction/reproduce';
import {
  importedFilesNow,
  isDamage,
  namedRunFolders,
  readAbout,
  sealRun,
  STATUS_NOTE,
  verifyRun,
  whileUsing,
  type Finding,
  type Sealed,
  type Verification,
} from '../../runs';
import { engineChoice, wholeNumber } from '../options/arguments';
import { lazyEngine, type StartEngine } from '../computing';
import { abortOnInterrupt } from '../interrupt';
import { createOutput, type Output } from '../printing/output';
import { showBytes } from '../printing/progress';
import { printReproduction, printSealed, printVerification } from '../printing/verification';

interface Options {
  readonly reproduce?: number;
  readonly seed: number;
  readonly seal?: boolean;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `verify`: every sum of a run, and on request some of its results computed again. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('check every byte of a run that has a sum, and its data set: whole, damaged, missing')
    .argument('<run...>', 'run folders, or study files for the newest run of each of their models')
    .option('--reproduce <n>', 'compute so many kept results again, and compare', wholeNumber('--reproduce', 0, 1e6))
    .option('--seed <number>', 'which results are computed again', wholeNumber('--seed', 0, 0xffff_ffff), 1)
    .option('--seal', 'take files that nothing vouches for as they are: they get a sum')
    .option('--engine <name>', 'to compute again with: native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(verify);
}

interface Work {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly start: StartEngine;
}

/** What is said of a run. */
export interface VerifiedRun extends Verification {
  readonly sealed: Sealed | undefined;
  /** What is to be known, and is no damage of the run. */
  readonly notes: readonly string[];
  readonly reproduction: Reproduction | undefined;
}

async function verify(words: readonly string[], options: Options): Promise<void> {
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the verification');
  const work = { output, signal, start: lazyEngine(options.engine, output) };
  const folders = [...new Set((await Promise.all(words.map(namedRunFolders))).flat())];
  const runs: VerifiedRun[] = [];
  for (const folder of folders) {
    const verified = await verifyOne(folder, options, work);
    runs.push(verified);
    print(verified, output);
  }
  output.document({ whole: runs.every(isSound), runs: runs.map(documentOf) });
  const unsound = runs.filter((run) => !isSound(run));
  if (unsound.length > 0) throw notWhole(unsound);
}

async function verifyOne(folder: string, options: Options, { output, signal, start }: Work): Promise<VerifiedRun> {
  const progress = showBytes(output, 'Read');
  const sealed = options.seal === true ? await sealRun(folder, { signal }) : undefined;
  const { run, findings } = await verifyRun(folder, { signal, progress });
  if (run === undefined)
    return { folder, run, findings, sealed, notes: await ownNotes(folder, findings), reproduction: undefined };
  const data = await verifyData(run, signal);
  const notes = 'absent' in data ? [data.absent] : [];
  const imported = await importedFilesNow(run.manifest, { signal });
  const count = options.reproduce ?? 0;
  const told = (done: number, of: number): void => output.progress(`Computed ${done} of ${of} results again`);
  const plan = { run, count, seed: options.seed, start, signal, progress: told };
  return {
    folder,
    run,
    findings: [...findings, ...('findings' in data ? data.findings : [])],
    sealed,
    notes: [...(await ownNotes(folder, findings)), ...notes, ...imported],
    reproduction: count === 0 ? undefined : await whileUsing(folder, () => reproduce(plan)),
  };
}

async function ownNotes(folder: string, findings: readonly Finding[]): Promise<string[]> {
  const { problem } = await readAbout(folder);
  return [
    ...(findings.some(({ part }) => part === 'status') ? [STATUS_NOTE] : []),
    ...(problem === undefined ? [] : [problem]),
  ];
}

function print({ folder, findings, notes, sealed, reproduction }: VerifiedRun, output: Output): void {
  if (sealed !== undefined) printSealed(output, sealed);
  printVerification(output, folder, findings);
  for (const note of notes) output.line(note);
  if (reproduction !== undefined) printReproduction(output, reproduction);
}

function isSound({ findings, reproduction }: VerifiedRun): boolean {
  return !findings.some(isDamage) && (reproduction?.reproduced ?? []).every(({ agrees }) => agrees);
}

function documentOf({ folder, findings, sealed, notes, reproduction }: VerifiedRun): unknown {
  return { run: folder, findings, notes, ...(sealed && { sealed }), ...(reproduction && { reproduction }) };
}

function notWhole(runs: readonly VerifiedRun[]): WorkError {
  const lines = runs.flatMap(({ folder, findings, reproduction }) => {
    const count = findings.filter(isDamage).length;
    const off = (reproduction?.reproduced ?? []).filter(({ agrees }) => !agrees).length;
    const parts = [
      count === 0 ? undefined : `${count} ${count === 1 ? 'thing is' : 'things are'} damaged or missing`,
      off === 0 ? undefined : `${off} ${off === 1 ? 'result does' : 'results do'} not come out again`,
    ];
    const [first] = findings.filter(isDamage);
    return [
      `${folder}: ${parts.filter((part) => part !== undefined).join(', ')}${first ? `, such as ${named(first)}` : ''}`,
    ];
  });
  return new WorkError(lines.join('; '));
}

function named({ file, place }: Finding): string {
  return place === undefined ? file : `${file}, ${place}`;
}
