/** The table of runs or recipes, in each of its formats. */
import {
  columnOf,
  differingSettings,
  latexTable,
  markdownTable,
  plainValue,
  printedTable,
  recipeRows,
  recipesCsv,
  runRows,
  runsCsv,
  sortRows,
  type At,
  type Column,
  type Row,
  type RowValue,
  type RunFacts,
} from '../../comparison';
import { NOTHING, type Output } from './output';
import { fittedTable } from './fittedTable';

export const TABLE_FORMATS = ['text', 'csv', 'markdown', 'latex', 'json'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export interface PrintingRuns {
  readonly by: 'recipe' | 'run';
  readonly at: At;
  readonly columns: readonly Column[];
  readonly baseline: string | undefined;
  readonly sort: string | undefined;
  readonly reverse: boolean;
  readonly format: TableFormat;
  /** Whether a text leaves out columns that say nothing, and those for which the terminal is too narrow. */
  readonly isFitted: boolean;
  readonly problems: readonly { readonly run: string; readonly problem: string }[];
}

/** CSV and LaTeX go to standard output as they are, JSON as one document. */
export function printRunsTable(output: Output, facts: readonly RunFacts[], printing: PrintingRuns): void {
  const { by, at, columns, baseline, format, problems } = printing;
  const found = by === 'run' ? runRows(facts, { columns, at }) : recipeRows(facts, { columns, at, baseline });
  const rows = sorted(found, printing);
  const settings = differingSettings(facts).map(({ field }) => field);
  switch (format) {
    case 'json':
      output.document({ at, by, baseline: baseline ?? null, columns, rows: rows.map(rowDocument), problems });
      return;
    case 'csv':
      process.stdout.write(
        by === 'run'
          ? runsCsv(
              rows.flatMap(({ runs }) => runs),
              { columns, at, settings },
            )
          : recipesCsv(rows, { columns, settings }),
      );
      return;
    case 'markdown':
      process.stdout.write(markdownTable(printedTable(rows, { columns, at, settings })));
      return;
    case 'latex':
      process.stdout.write(latexTable(printedTable(rows, { columns, at, settings })));
      return;
    case 'text':
      printText(output, rows, { columns, at, settings }, printing.isFitted);
  }
}

function sorted(rows: readonly Row[], { sort, reverse }: PrintingRuns): Row[] {
  if (sort === undefined) return reverse ? [...rows].reverse() : [...rows];
  const descending = columnOf(sort.replace(/^difference:/, ''))?.better === 'higher';
  return sortRows(rows, { by: sort, descending: descending !== reverse });
}

function printText(
  output: Output,
  rows: readonly Row[],
  of: Parameters<typeof printedTable>[1],
  isFitted: boolean,
): void {
  const { head, rows: printed, caption, texts } = printedTable(rows, of);
  const cells = printed.map((row) =>
    row.map((cell) => (cell === undefined ? NOTHING : typeof cell === 'string' ? cell : plainValue(cell))),
  );
  const width = isFitted && process.stdout.isTTY ? process.stdout.columns : Infinity;
  const { lines, leftOut } = fittedTable({ head, rows: cells, texts }, { width, isFitted });
  for (const line of lines) output.line(line);
  output.line();
  if (leftOut.length > 0)
    output.line(`Left out: ${leftOut.join('; ')}. Choose columns by --columns, or take all by --format csv.`);
  for (const sentence of caption) output.line(sentence);
  for (const { name, whole, runs } of rows)
    if (whole < runs.length && rows.some(({ kind }) => kind === 'recipe'))
      output.line(`${name}: ${runs.length - whole} of ${runs.length} runs are not finished, and left out.`);
}

function rowDocument({ name, recipe, runs, whole, values, differences, isBaseline }: Row) {
  return {
    name,
    recipe,
    isBaseline,
    finished: whole,
    runs: runs.map(({ run, seed, state }) => ({ run, seed, state })),
    settings: runs[0]?.settings ?? {},
    values: mapped(values),
    differences: mapped(differences),
  };
}

function mapped(values: Readonly<Record<string, RowValue>>): Record<string, RowValue> {
  return Object.fromEntries(Object.entries(values).filter(([, { n }]) => n > 0));
}
