/**
 * `npm run check:images -- FOLDER`: decodes every picture of a folder and its folders as EpochLens does and as Pillow
 * does, and says where they differ. Exit code 1 where any does.
 */
import { Command, CommanderError, Option } from 'commander';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createOutput } from '../../src/cli/printing/output';
import { InputError, isReportedError } from '../../src/common/errors';
import { compare, FAULTS, OUTCOMES, type Comparison } from './compare';
import { startPillow } from './pillow';

interface Options {
  readonly python: string;
  readonly json: boolean;
}

async function check(argv: readonly string[]): Promise<number> {
  const command = new Command('npm run check:images --')
    .description('Compares how EpochLens and Pillow decode the pictures of a folder.')
    .exitOverride()
    .allowExcessArguments(false)
    .argument('<folder>', 'of pictures, with its folders')
    .addOption(new Option('--python <path>', 'a Python that has Pillow').env('EPOCHLENS_PYTHON').default('python3'))
    .option('--json', 'one JSON document on standard output in place of the table', false);
  command.parse([...argv], { from: 'user' });
  const [folder] = command.args as [string];
  const { python, json } = command.opts<Options>();
  const output = createOutput(json);
  const paths = await filesOf(folder);
  const pillow = await startPillow(python);
  const comparisons: Comparison[] = [];
  try {
    for (const path of paths) {
      output.progress(`${comparisons.length} of ${paths.length} pictures`);
      comparisons.push({ ...(await compare(path, pillow)), path: relative(folder, path) });
    }
  } finally {
    pillow.stop();
  }
  const faults = comparisons.filter(({ outcome }) => FAULTS.includes(outcome));
  const listed = faults.map(({ path, format, outcome, detail }) => `${path} (${format}): ${outcome}: ${detail}`);
  const counted = `${comparisons.length} pictures compared with Pillow ${pillow.version}: ${faults.length} differ.`;
  output.line([table(comparisons), ...(listed.length > 0 ? [listed.join('\n')] : []), counted].join('\n\n'));
  output.document({ pillow: pillow.version, comparisons });
  return faults.length > 0 ? 1 : 0;
}

/** Regular files, in folders too, in order. @throws InputError */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new InputError('the folder cannot be read', { file: folder }, { cause: error });
  });
  const files = entries.filter((entry) => entry.isFile());
  if (files.length === 0) throw new InputError('no pictures', { file: folder, expected: 'a folder of pictures' });
  return files.map(({ parentPath, name }) => join(parentPath, name)).sort();
}

/** A row a format, a column an outcome. */
function table(comparisons: readonly Comparison[]): string {
  const formats = [...new Set(comparisons.map(({ format }) => format))].sort();
  const rows = [...formats, 'all'].map((format) => {
    const own = comparisons.filter((comparison) => format === 'all' || comparison.format === format);
    const counts = OUTCOMES.map((outcome) => own.filter((comparison) => comparison.outcome === outcome).length);
    return [format, ...counts, own.length].map(String);
  });
  const all = [['', ...OUTCOMES, 'pictures'], ...rows];
  const widths = (all[0] as string[]).map((_, column) => Math.max(...all.map((row) => (row[column] as string).length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number),
      )
      .join('  ');
  return all.map(line).join('\n');
}

async function main(argv: readonly string[]): Promise<number> {
  try {
    return await check(argv);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!isReportedError(error)) throw error;
    process.stderr.write(`epochlens: ${error.message}\n`);
    return error.exitCode;
  }
}

void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
