/** Which columns are shown, and in which order. */
import { expect, test } from 'vitest';
import { thinned } from '../../../../src/comparison';
import { inSight } from '../../../../webview/runsTable/columnsInSight';
import { headsOf } from '../../../../webview/runsTable/columnHeads';
import { parseSavedState, UNARRANGED } from '../../../../webview/runsTable/savedState';
import { movedColumn, orderedColumns, shownColumns, tableColumns } from '../../../../webview/runsTable/tableColumns';
import { factsOf, SIX } from './runs';

const columns = tableColumns({ facts: SIX.map(factsOf), by: 'recipes', compared: false, severalStudies: false });
const ids = (of: readonly { readonly id: string }[]): string[] => of.map(({ id }) => id);
const saved = UNARRANGED.columns;

test('settings that differ come before results; those that are alike are no columns', () => {
  expect(ids(shownColumns(columns, saved))).toEqual(['state', 'training.augmentation', 'accuracy', 'seconds']);
});

test('a person shows, hides, moves and pins columns', () => {
  const shown = { ...saved, shown: { epoch: true, seconds: false }, pinned: ['accuracy'] };
  expect(ids(shownColumns(columns, shown))).toEqual(['accuracy', 'state', 'training.augmentation', 'epoch']);
  const moved = movedColumn(columns, 'accuracy', -1);
  expect(moved.indexOf('accuracy')).toBe(ids(columns).indexOf('accuracy') - 1);
  expect(movedColumn(columns, 'state', -1)).toEqual(ids(columns));
});

test('a column that is new stays behind its neighbour', () => {
  const order = ids(columns)
    .filter((id) => id !== 'epoch')
    .reverse();
  expect(ids(orderedColumns(columns, order)).indexOf('epoch')).toBe(
    ids(orderedColumns(columns, order)).indexOf('training.augmentation') + 1,
  );
});

test('of many columns only those in sight and those that stay have cells', () => {
  const many = Array.from({ length: 20 }, (_, at) => ({ ...columns[0]!, id: `c${at}`, width: 100 }));
  const heads = headsOf(many, { ...saved, pinned: ['c0'] }, 200);
  expect(heads[1]).toMatchObject({ left: 200, start: 200 });
  // From 1000 to 1400 pixels, and 120 beyond: the columns c7 (900 … 1000) to c13 (1500 …).
  expect(inSight(heads, 1000, 400)).toEqual([0, 1, 7, 8, 9, 10, 11, 12, 13, 14]);
});

test('what a page of another version kept is not understood, and forgotten', () => {
  expect(parseSavedState({ by: 'epochs' })).toEqual(UNARRANGED);
  expect(parseSavedState(JSON.parse(JSON.stringify({ ...UNARRANGED, at: 'best' })))).toMatchObject({ at: 'best' });
});

test('the page gets only the epochs that columns read', () => {
  expect(thinned(factsOf(SIX[0]!)).series['accuracy']).toEqual({ epochs: [1, 2], values: [60, 59] });
});
