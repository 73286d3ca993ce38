import { expect, test } from 'vitest';
import { fittedTable } from '../../../../src/cli/printing/fittedTable';

const TABLE = {
  head: ['Recipe', 'Test accuracy (%)', 'Same', 'None', 'Training time (s)'],
  rows: [
    ['plain', '90.00 ± 1.00 (n = 3)', '1', '–', '10'],
    ['cutout', '91.00 ± 1.00 (n = 3)', '1', '–', '12'],
  ],
  texts: 1,
};

test('columns that say nothing are left out, and heads take several lines', () => {
  const { lines, leftOut } = fittedTable(TABLE, { width: 80, isFitted: true });
  expect(lines).toEqual([
    '                              Training',
    'Recipe     Test accuracy (%)  time (s)',
    'plain   90.00 ± 1.00 (n = 3)        10',
    'cutout  91.00 ± 1.00 (n = 3)        12',
  ]);
  expect(leftOut).toEqual([]);
});

test('of a narrow terminal the first column of numbers stays, and what is left out is named', () => {
  const { lines, leftOut } = fittedTable(TABLE, { width: 30, isFitted: true });
  expect(lines[0]).toBe('Recipe     Test accuracy (%)');
  expect(leftOut).toEqual(['Training time (s)']);
  expect(fittedTable(TABLE, { width: Infinity, isFitted: false }).lines.at(-1)).toBe(
    'cutout  91.00 ± 1.00 (n = 3)     1     –        12',
  );
});
