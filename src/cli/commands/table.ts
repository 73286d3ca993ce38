import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import {
  columnsOf,
  isDetail,
  recipesOf,
  recipesOfSeveralEngines,
  sweepBaselineOf,
  type At,
  type Column,
  type RunFacts,
} from '../../comparison';
import { InputError } from '../../common/errors';
import { counted } from '../../common/counted';
import { readManyFacts } from '../../runs';
import { oneOf } from '../options/arguments';
import { runsIn } from '../options/runsIn';
import { abortOnInterrupt } from '../interrupt';
import { createOutput, type Output } from '../printing/output';
import { showCount } from '../printing/progress';
import { printRunsTable, TABLE_FORMATS, type TableFormat } from '../printing/runsTable';

interface Options {
  readonly by: 'recipe' | 'run';
  readonly baseline?: string;
  readonly at: At;
  readonly columns?: readonly string[];
  readonly sort?: string;
  readonly reverse?: boolean;
  readonly format?: TableFormat;
  readonly runsCsv?: boolean;
  readonly json?: boolean;
}

/** `table`: runs beside each other, or recipes with means over seeds. */
export function addTable(program: Command): void {
  program
    .command('table')
    .description('runs or recipes beside each other: means over seeds with 95 % intervals, and paired differences')
    .argument('[places...]', 'study files, run folders or folders of studies (default: this folder)')
    .option(
      '--by <rows>',
      'recipe, a row for all seeds of the same settings, or run',
      oneOf('--by', ['recipe', 'run']),
      'recipe',
    )
    .option('--baseline <recipe>', 'the recipe that others are compared with, by its name (default: the sweep’s)')
    .option(
      '--at <epoch>',
      'final, or best by validation accuracy, else test accuracy',
      oneOf('--at', ['final', 'best']),
      'final',
    )
    .option('--columns <id...>', 'such as accuracy drop "perturbed:rotation ±15°"; a kind alone is all of it')
    .option(
      '--sort <column>',
      'a column, the best first; or name, recipe, seed, created, state, engine, a setting’s dotted name',
    )
    .option('--reverse', 'the other way round')
    .option('--format <name>', 'text, csv, markdown, latex or json', oneOf('--format', TABLE_FORMATS))
    .option('--runs-csv', 'a CSV row for each run with all digits: as --by run --format csv')
    .option('--json', 'one JSON document on standard output: as --format json')
    .action(table);
}

async function table(places: readonly string[], options: Options): Promise<void> {
  const format = formatOf(options);
  const output = createOutput(format === 'json');
  const { facts, problems } = await factsIn(places.length === 0 ? ['.'] : places, output);
  for (const { run, problem } of problems) output.log(`${run}: ${problem}`);
  for (const { name } of recipesOfSeveralEngines(recipesOf(facts)))
    output.log(`${name}: its runs are of different engines, so that they differ by rounding beside their seeds.`);
  const by = options.runsCsv === true ? 'run' : options.by;
  const columns = chosenColumns(facts, options.columns, format);
  const baseline = by === 'recipe' ? chosenBaseline(facts, options.baseline) : undefined;
  if (facts.length === 0 && format === 'text') {
    output.line('There is no run here yet. Train a study first:  epochlens train STUDY');
    return;
  }
  printRunsTable(output, facts, {
    by,
    at: options.at,
    columns,
    baseline,
    sort: options.sort,
    reverse: options.reverse ?? false,
    format,
    problems,
    isFitted: options.columns === undefined,
  });
}

/** @throws InputError where two options ask for different formats */
function formatOf({ format, runsCsv = false, json = false }: Options): TableFormat {
  const asked = [...(runsCsv ? ['csv' as const] : []), ...(json ? ['json' as const] : []), ...(format ? [format] : [])];
  const [first = 'text', ...others] = new Set(asked);
  if (others.length === 0) return first;
  throw new InputError('a table has one format', { found: [first, ...others].join(' and '), expected: 'one of them' });
}

/** Each run once, in the order of the places, the oldest first. @throws InputError where a place has nothing */
async function factsIn(places: readonly string[], output: Output) {
  const folders = new Set<string>();
  const unreadable = new Map<string, string>();
  for (const place of places) {
    for (const entry of (await runsIn(place)).reverse()) {
      const folder = resolve(entry.folder);
      if ('run' in entry) folders.add(folder);
      else unreadable.set(folder, entry.problem);
    }
  }
  const show = showCount(output, 'runs');
  const { facts, problems } = await readManyFacts([...folders], {
    onProgress: show,
    signal: abortOnInterrupt(output, 'reading the runs'),
  });
  return { facts, problems: [...[...unreadable].map(([run, problem]) => ({ run, problem })), ...problems] };
}

/** @throws InputError for an id of no column that any run has */
function chosenColumns(
  facts: readonly RunFacts[],
  asked: readonly string[] | undefined,
  format: TableFormat,
): Column[] {
  const known = columnsOf(facts);
  const all = format === 'csv' || format === 'json';
  if (asked === undefined) return known.filter((column) => all || !isDetail(column));
  return asked.flatMap((id) => {
    const found = known.filter((column) => column.id === id || column.kind === id);
    if (found.length > 0 || facts.length === 0) return found;
    throw new InputError('no run has such a column', {
      place: '--columns',
      found: JSON.stringify(id),
      expected: `one of ${known.map((column) => column.id).join(', ')}`,
    });
  });
}

/** @throws InputError where no recipe is called so */
function chosenBaseline(facts: readonly RunFacts[], asked: string | undefined): string | undefined {
  const names = recipesOf(facts).map(({ name }) => name);
  if (asked === undefined) {
    const ofSweep = sweepBaselineOf(facts);
    return ofSweep !== undefined && names.includes(ofSweep) ? ofSweep : undefined;
  }
  if (names.includes(asked)) return asked;
  const files = new Set(facts.map(({ studyFile }) => basename(studyFile)));
  throw new InputError('there is no such recipe', {
    place: '--baseline',
    found: JSON.stringify(asked),
    expected: `one of ${names.map((name) => JSON.stringify(name)).join(', ') || 'the recipes of some runs'}`,
    advice: `These are the recipes of ${counted(facts.length, 'run')} of ${[...files].join(', ') || 'no study'}.`,
  });
}
