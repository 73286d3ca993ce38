import { Command, Option } from 'commander';
import { oneOf } from '../../src/cli/options/arguments';
import { ENGINE_NAMES, type EngineName } from '../../src/engine/engine';
import { DEFAULT_CASES, nameOf, parseCases } from './cases';
import type { Case } from './protocol';

export const SECTION_NAMES = [
  'speed',
  'perturbations',
  'faithfulness',
  'methods',
  'growth',
  'robustness',
  'onnx',
  'latency',
  'checking',
  'activation',
  'profile',
  'folder',
  'sweep',
  'table',
] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

export interface Options {
  readonly engine?: EngineName;
  readonly only: readonly Case[];
  /** A Python that has torch and timm. */
  readonly python?: string;
  /** A packaged extension.js, or a git revision. */
  readonly previous?: string;
  readonly sections: readonly SectionName[];
  readonly quick: boolean;
  readonly json: boolean;
}

/** @throws CommanderError (also for --help), InputError */
export function readOptions(argv: readonly string[]): Options {
  const command = new Command('npm run bench --')
    .description('Training, forward and Grad-CAM speed on the CPU, of every engine there is, beside PyTorch.')
    .exitOverride()
    .allowExcessArguments(false)
    .option('--engine <name>', `only this one: ${ENGINE_NAMES.join(' or ')}`, oneOf('--engine', ENGINE_NAMES))
    .addOption(
      new Option('--only <cases>', `such as ${DEFAULT_CASES.slice(0, 2).map(nameOf).join(',')}`)
        .argParser(parseCases)
        .default(DEFAULT_CASES, DEFAULT_CASES.map(nameOf).join(',')),
    )
    .addOption(
      new Option('--python <path>', 'a Python that has torch and timm, to compare with').env('EPOCHLENS_PYTHON'),
    )
    .option(
      '--previous <release>',
      'for the section activation: what loading the extension is compared with, a packaged extension.js or a git revision, which is built (default: the newest tag, or else the commit that is checked out)',
    )
    .option(
      '--sections <names>',
      `some of ${SECTION_NAMES.join(',')} (default: all; with --quick, speed)`,
      parseSections,
    )
    .option('--quick', 'fewer and shorter turns', false)
    .option('--json', 'one JSON document on standard output in place of the tables', false);
  command.parse([...argv], { from: 'user' });
  const options = command.opts<Omit<Options, 'sections'> & Partial<Pick<Options, 'sections'>>>();
  return { ...options, sections: options.sections ?? (options.quick ? ['speed'] : SECTION_NAMES) };
}

/** @throws InputError */
function parseSections(word: string): SectionName[] {
  return word.split(',').map((name) => oneOf('--sections', SECTION_NAMES)(name));
}
