import { expect, it } from 'vitest';
import { isMoved, type Place } from '../../../../src/extension/webview/place';

/** A panel M in the second of two columns, beside two others. */
const before: Place<number> = { column: 2, company: ['H', 'M', 'R'], columns: 2 };

it.each<readonly [string, Place<number>, boolean]>([
  ['nothing has changed', before, false],
  ['to a new column on the right', { column: 3, company: ['M'], columns: 3 }, true],
  ['to the column of the text', { column: 1, company: ['text', 'M'], columns: 2 }, true],
  ['a column was added on the left', { column: 3, company: ['H', 'M', 'R'], columns: 3 }, false],
  ['the column on the left was closed', { column: 1, company: ['H', 'M', 'R'], columns: 1 }, false],
  ['it was closed, and then panels beside it', { column: 1, company: ['M', 'R'], columns: 1 }, false],
  ['into the left column, as the last of its own', { column: 1, company: ['text', 'M'], columns: 1 }, true],
])('%s: moved or not', (_, now, expected) => {
  expect(isMoved(before, now)).toBe(expected);
});
