import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { counted } from '../../common/counted';
import { makeFolder } from '../../common/folders';
import { shellWord } from '../../common/shellWord';
import { folderOfRun, tensorboardFolder } from '../../outward/tensorboard/folders';
import { createRunWriter, type RunWritten } from '../../outward/tensorboard/writeRun';
import { isTrainingIn, keepWholeOutOfGit, type Run } from '../../runs';
import { abortOnInterrupt } from '../interrupt';
import { namedRuns } from '../options/runsNamed';
import { createOutput, type Output } from '../printing/output';

interface Options {
  readonly out?: string;
  readonly json?: boolean;
}

/** `tensorboard`: what is known of runs as event files. */
export function addTensorboard(program: Command): void {
  program
    .command('tensorboard')
    .description('write what is known of runs as event files for TensorBoard: numbers, settings, kept heatmaps')
    .argument('<run-or-study>', 'a run folder, or a study file for all of its runs')
    .option('--out <folder>', 'a folder in which each run gets one (default: .epochlens/tensorboard/STUDY)')
    .option('--json', 'one JSON document on standard output')
    .action(writeTensorboard);
}

async function writeTensorboard(place: string, { out, json = false }: Options): Promise<void> {
  const output = createOutput(json);
  const signal = abortOnInterrupt(output, 'writing');
  const runs = await namedRuns(place, output);
  // Of a folder of studies each has its own.
  const logdirs = new Set<string>();
  const written: (RunWritten & { readonly run: string })[] = [];
  for (const [at, { run, name }] of runs.entries()) {
    output.progress(`${at + 1} of ${runs.length} runs`);
    const logdir = await logdirOf(run, out);
    logdirs.add(logdir);
    const folder = await folderOfRun(logdir, run.id, name, !(await isTrainingIn(run.folder)));
    const result = await createRunWriter(run, folder).write('all', signal);
    written.push({ run: run.folder, ...result });
    say(output, result, name, run.folder);
  }
  const [logdir, ...others] = logdirs;
  output.document({ logdir, ...(others.length > 0 && { logdirs: [...logdirs] }), runs: written });
  output.line();
  for (const each of logdirs) output.line(`See them:  tensorboard --logdir ${shellWord(each)}`);
}

/** The folder of the runs' folders, made where it is absent. */
async function logdirOf(run: Run, out: string | undefined): Promise<string> {
  const logdir = out === undefined ? await tensorboardFolder(run) : resolve(out);
  await makeFolder(logdir);
  if (out === undefined) await keepWholeOutOfGit(dirname(dirname(logdir)));
  return logdir;
}

function say(output: Output, { added, pictures, problem }: RunWritten, name: string, folder: string): void {
  output.line(`${name}: ${added === 0 ? 'nothing new' : `${counted(added, 'entry', 'entries')} added`}`);
  if (problem !== undefined) output.log(`${name}: no pictures of heatmaps: ${problem}`);
  if (pictures === undefined || (pictures.of > 0 && pictures.count === pictures.of)) return;
  const there = pictures.count === 0 ? 'No heatmaps are kept' : `${pictures.count} of ${pictures.of} heatmaps are kept`;
  output.log(`${there}. To compute them first:  epochlens explain ${shellWord(folder)}`);
}
