import type { Command } from 'commander';
import { shellWord } from '../../common/shellWord';
import { unpackRun, type Unpacked } from '../../runs/packing';
import { abortOnInterrupt } from '../interrupt';
import { createOutput } from '../printing/output';
import { showBytes } from '../printing/progress';

interface Options {
  readonly into: string;
  readonly json?: boolean;
}

/** `unpack`: a packed run back in its place. */
export function addUnpack(program: Command): void {
  program
    .command('unpack')
    .description(
      'check a packed run, and put it under .epochlens/runs of a folder, with its study file where there is none',
    )
    .argument('<file>', 'what epochlens pack wrote')
    .option('--into <folder>', 'the folder of its study file', '.')
    .option('--json', 'one JSON document on standard output')
    .action(async (file: string, { into, json }: Options) => {
      const output = createOutput(json ?? false);
      const signal = abortOnInterrupt(output, 'the unpacking');
      const unpacked = await unpackRun(file, { into, signal, progress: showBytes(output, 'Read') });
      const { run, studyFile, study } = unpacked;
      output.document({ run: run.folder, studyFile, study });
      output.line(`Run:     ${run.folder}`);
      output.line(`Study:   ${studyFile}${studyText(unpacked)}`);
      output.line(`See it:  epochlens report ${shellWord(run.folder)}`);
    });
}

function studyText({ study }: Unpacked): string {
  if (study === 'other') return ', which was there and is another than the one that was packed: it stays as it is';
  return study === 'same' ? ', which was there already' : '';
}
