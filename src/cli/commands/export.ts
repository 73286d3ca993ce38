import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { NetworkName } from '../../architectures';
import { InputError } from '../../common/errors';
import { exportWeights, type ExportRequest } from '../../weights/exporting/exportWeights';
import { EXPORT_NAMES, type ExportNames } from '../../weights/exporting/names';
import { inputOf } from '../../weights/fromStudy';
import { hashCheckpoint } from '../../weights/hashedCheckpoint';
import { selectCheckpoints } from '../../runs';
import { networkName, oneOf, wholeNumber } from '../options/arguments';
import { createOutput, type Output } from '../printing/output';
import { chosenRuns } from '../options/runs';

interface Options {
  readonly checkpoint?: string;
  readonly stateDict?: string;
  readonly epoch?: number;
  readonly architecture?: NetworkName;
  readonly out: string;
  readonly names: ExportNames;
  readonly json?: boolean;
}

/** `export`: a checkpoint for timm or torchvision, and the Python that loads it. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write a checkpoint as safetensors for timm or torchvision, and print the Python that loads it')
    .argument('[run]', 'a run folder, or a study file for its newest run')
    .option('--epoch <epoch>', 'of the run (default: its newest)', wholeNumber('--epoch', 0, 1_000_000))
    .option('--architecture <name>', 'of a study of several models: this one', networkName)
    .option('--checkpoint <file>', 'in place of a run: a file of weights, safetensors or PyTorch’s')
    .option('--state-dict <key>', 'with --checkpoint: of several in the file, this one (default: averaged weights)')
    .requiredOption('--out <file>', 'the .safetensors file to write')
    .option(
      '--names <library>',
      'whose names the tensors get: timm or torchvision',
      oneOf('--names', EXPORT_NAMES),
      'timm',
    )
    .option('--json', 'one JSON document on standard output')
    .action(async (run: string | undefined, options: Options) => {
      const output = createOutput(options.json ?? false);
      const { from, input } = await sourceOf(run, options, output);
      const out = resolve(options.out);
      if (out === resolve(from)) {
        throw new InputError('a checkpoint is not exported over itself', { file: out, expected: 'another file' });
      }
      const { stateDict } = options;
      const result = await exportWeights({ from, out, names: options.names, input, stateDict });
      for (const remark of result.remarks) output.log(remark);
      output.document(result);
      output.line(result.python);
      output.log(`Written to ${out}`);
    });
}

/** @throws InputError where neither a run nor a file is named, or both are */
async function sourceOf(
  argument: string | undefined,
  options: Options,
  output: Output,
): Promise<Pick<ExportRequest, 'from' | 'input'>> {
  const { checkpoint, epoch, architecture } = options;
  if (checkpoint === undefined && options.stateDict !== undefined) {
    throw new InputError('an option that plays no part here', {
      place: '--state-dict',
      expected: 'it with --checkpoint',
    });
  }
  if (checkpoint !== undefined) {
    if (argument === undefined && epoch === undefined && architecture === undefined) return { from: checkpoint };
    throw new InputError('options that do not go together', { place: '--checkpoint', expected: 'it alone, or a run' });
  }
  if (argument === undefined) throw new InputError('nothing to export', { expected: 'a run, or --checkpoint FILE' });
  const [run] = await chosenRuns(argument, architecture, output);
  const found = (await selectCheckpoints(run, epoch === undefined ? 'all' : [epoch])).at(-1);
  if (found === undefined) throw new Error('no checkpoint, and no error');
  const { path } = await hashCheckpoint(found);
  return { from: path, input: inputOf(run.study) };
}
