import { csvText } from '../common/csv';
import type { NumbersTable } from './content';

/** RFC 4180 with "\n", at full precision: one number a line. Unknown values are empty. */
export function csvOf(sections: readonly { readonly name: string; readonly table: NumbersTable }[]): string {
  const columns = [...new Set(sections.flatMap(({ table }) => table.columns))];
  const rows = sections.flatMap(({ name, table }) =>
    table.rows.map(({ ids, numbers }) => [
      name,
      ...columns.map((column) => ids[table.columns.indexOf(column)] ?? ''),
      numbers?.mean ?? '',
      numbers?.interval?.low ?? '',
      numbers?.interval?.high ?? '',
      numbers?.n ?? 0,
    ]),
  );
  return csvText([['section', ...columns, 'mean', 'low', 'high', 'n'], ...rows], '\n');
}
