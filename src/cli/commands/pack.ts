import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { bytesText } from '../../common/bytesText';
import { shellWord } from '../../common/shellWord';
import type { NetworkName } from '../../architectures';
import { resolveRuns } from '../../runs';
import { PACK_SUFFIX, packRun } from '../../runs/packing';
import { networkName } from '../options/arguments';
import { abortOnInterrupt } from '../interrupt';
import { createOutput } from '../printing/output';
import { showBytes } from '../printing/progress';

interface Options {
  readonly out?: string;
  readonly force?: boolean;
  readonly without?: 'results';
  readonly architecture?: NetworkName;
  readonly damaged?: boolean;
  readonly json?: boolean;
}

/** `pack`: a run in one checked file. */
export function addPack(program: Command): void {
  program
    .command('pack')
    .description('put a run and its study into one file, with a sum of everything in it; a damaged run is refused')
    .argument('<run>', 'a run folder, or a study file for its newest run')
    .option('--out <file>', `the file to write (default: STUDY-RUN${PACK_SUFFIX})`)
    .option('--force', 'replace a file of that name')
    .option('--without <part>', 'results: leave out what can be computed again', onlyResults)
    .option('--architecture <name>', 'of a study of several models: this one', networkName)
    .option('--damaged', 'pack a damaged run as it is')
    .option('--json', 'one JSON document on standard output')
    .action(async (argument: string, { out, force, without, architecture, damaged, json }: Options) => {
      const output = createOutput(json ?? false);
      const signal = abortOnInterrupt(output, 'the packing');
      const [run] = await resolveRuns(argument, architecture);
      const packed = await packRun(run.folder, {
        out: out ?? `${run.study.name}-${run.id}${PACK_SUFFIX}`,
        force: force ?? false,
        results: without === undefined,
        damaged: damaged ?? false,
        signal,
        progress: showBytes(output, 'Packed'),
      });
      output.document({ run: run.folder, ...packed });
      output.line(
        `${packed.file}: ${bytesText(packed.bytes)}, with ${packed.files} files of ${bytesText(packed.contentBytes)}`,
      );
      output.line(`Unpack it by:  epochlens unpack ${shellWord(packed.file)}`);
    });
}

function onlyResults(word: string): 'results' {
  if (word === 'results') return word;
  throw new InvalidArgumentError('Expected results.');
}
