/** The table as files: the rows and columns that are shown, in the order in which they are. */
import {
  latexTable,
  markdownTable,
  printedTable,
  recipesCsv,
  runsCsv,
  type At,
  type Column,
  type Row,
} from '../../src/comparison';
import type { TableFile } from '../../src/protocol/runsTable';
import type { TableColumn } from './tableColumns';
import type { Export } from './toolbar';

export interface ExportedTable {
  readonly kind: TableFile;
  /** Of the file, without its ending. */
  readonly name: string;
  readonly text: string;
}

interface Shown {
  readonly rows: readonly Row[];
  readonly columns: readonly TableColumn[];
  readonly at: At;
}

export function exportedTable(what: Export, { rows, columns, at }: Shown): ExportedTable {
  const results = columns.flatMap(({ kind, result }): Column[] => (kind === 'result' && result ? [result] : []));
  const settings = columns.filter(({ kind }) => kind === 'setting').map(({ id }) => id);
  const printing = { columns: results, at, settings };
  const recipes = rows.filter(({ kind }) => kind === 'recipe');
  switch (what) {
    case 'csv':
      if (recipes.length > 0) return { kind: 'csv', name: 'recipes', text: recipesCsv(recipes, printing) };
      return exportedTable('runsCsv', { rows, columns, at });
    case 'runsCsv':
      return {
        kind: 'csv',
        name: 'runs',
        text: runsCsv(
          rows.flatMap(({ runs }) => runs),
          printing,
        ),
      };
    case 'md':
    case 'copy':
      return { kind: 'md', name: 'runs', text: markdownTable(printedTable(rows, printing)) };
    case 'tex':
      return { kind: 'tex', name: 'runs', text: latexTable(printedTable(rows, printing)) };
  }
}
