/** The lines of the table: heads of groups, rows, and the seeds of an opened recipe below it. */
import { runRows, type At, type Column, type Row, type RowGroup } from '../../src/comparison';

export type Line =
  | { readonly kind: 'group'; readonly title: string; readonly count: number }
  | {
      readonly kind: 'row';
      readonly row: Row;
      /** 2 of a recipe's run below it. */
      readonly level: 1 | 2;
      /** Of a recipe, whether its seeds are shown; undefined of what cannot be opened. */
      readonly opened: boolean | undefined;
    };

/**
 * @param headOf a group's head, by what its rows have in common; undefined of one without a head
 * @param opened keys of recipes
 */
export function linesOf(
  groups: readonly RowGroup[],
  headOf: (value: string) => string | undefined,
  opened: ReadonlySet<string>,
  columns: readonly Column[],
  at: At,
): Line[] {
  return groups.flatMap(({ value, rows }): Line[] => {
    const title = headOf(value);
    return [
      ...(title === undefined ? [] : [{ kind: 'group' as const, title, count: rows.length }]),
      ...rows.flatMap((row) => linesOfRow(row, opened.has(row.key), columns, at)),
    ];
  });
}

function linesOfRow(row: Row, isOpened: boolean, columns: readonly Column[], at: At): Line[] {
  if (row.kind === 'run') return [{ kind: 'row', row, level: 1, opened: undefined }];
  const seeds = isOpened ? runRows(row.runs, { columns, at }) : [];
  return [
    { kind: 'row', row, level: 1, opened: isOpened },
    ...seeds.map((seed): Line => ({ kind: 'row', row: seed, level: 2, opened: undefined })),
  ];
}
