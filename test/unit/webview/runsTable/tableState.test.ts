/** What the table shows of the runs that there are, and how it is exported. */
import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { differenceText, resultText } from '../../../../webview/runsTable/cellText';
import { exportedTable } from '../../../../webview/runsTable/exports';
import { UNARRANGED, type SavedState } from '../../../../webview/runsTable/savedState';
import { createTableState } from '../../../../webview/runsTable/tableState';
import { SIX, tableRunOf, type GivenRun } from './runs';

function tableOf(given: readonly GivenRun[], arranged: Partial<SavedState> = {}) {
  const state = signal<SavedState>({ ...UNARRANGED, ...arranged });
  const table = createTableState(state);
  table.runs.value = new Map(given.map((one) => [tableRunOf(one).facts.run, tableRunOf(one)]));
  return { state, table };
}

const names = ({ table }: ReturnType<typeof tableOf>): string[] => table.visible.value.map(({ name }) => name);

test('recipes are rows with means over their seeds', () => {
  const { table } = tableOf(SIX);
  const [none, cutout] = table.rows.value;
  const accuracy = table.columns.value.find(({ id }) => id === 'accuracy')?.result;
  // t(0.975, 2) = 4.3027; the deviations are 1 and 2: 4.3027 / √3 = 2.484 and 4.968.
  expect(resultText(none?.values['accuracy'], accuracy!, 'recipe')).toMatchObject({ text: '60.00', aside: '± 2.48' });
  expect(resultText(cutout?.values['accuracy'], accuracy!, 'recipe')).toMatchObject({ text: '63.00', aside: '± 4.97' });
});

test('the best epoch has its own values', () => {
  const { table } = tableOf(SIX, { at: 'best' });
  expect(table.rows.value.map(({ values }) => values['accuracy']?.mean)).toEqual([61, 64]);
});

test('differences from a baseline are paired by seed, and said in words', () => {
  const { table } = tableOf(SIX, { baseline: 'none' });
  const column = table.shown.value.find(({ id }) => id === 'difference:accuracy');
  const cutout = table.rows.value.find(({ name }) => name === 'cutout');
  // The differences are 2, 3 and 4: 3 ± 4.3027 / √3, which excludes 0.
  expect(differenceText(cutout?.differences['accuracy'], column!.result!)).toMatchObject({
    ...{ text: '+3.00', aside: '± 2.48 better', verdict: 'better' },
  });
  const close = SIX.map((one) => (one.augmentation === 'cutout' ? { ...one, accuracy: one.accuracy - 3 } : one));
  const { table: other } = tableOf(close, { baseline: 'none' });
  const same = other.rows.value.find(({ name }) => name === 'cutout')?.differences['accuracy'];
  expect(differenceText(same, column!.result!)).toMatchObject({ text: '0.00', verdict: 'unclear' });
});

test('rows are sorted, filtered by words and by numbers, hidden, and grouped', () => {
  const shown = tableOf(SIX, { by: 'runs', sort: { by: 'accuracy', descending: true } });
  expect(names(shown)).toEqual(['cutout-3', 'cutout-2', 'none-3', 'cutout-1', 'none-2', 'none-1']);
  shown.state.value = { ...shown.state.value, filter: 'cutout accuracy > 61' };
  expect(names(shown)).toEqual(['cutout-3', 'cutout-2']);
  shown.state.value = { ...shown.state.value, filter: 'seed=1', sort: undefined };
  expect(names(shown)).toEqual(['none-1', 'cutout-1']);
  shown.state.value = { ...shown.state.value, filter: '', hidden: ['/w/.epochlens/runs/study/none-1'] };
  expect(names(shown)).toHaveLength(5);
  shown.state.value = { ...shown.state.value, group: 'training.augmentation' };
  expect(shown.table.lines.value.flatMap((line) => (line.kind === 'group' ? [line.title] : []))).toEqual([
    'augmentation none',
    'augmentation cutout',
  ]);
});

test('a filter that names no column says so and hides nothing', () => {
  const shown = tableOf(SIX, { filter: 'acuracy > 5' });
  expect(shown.table.filter.value.problem).toBe('No column is called “acuracy”.');
  expect(names(shown)).toHaveLength(2);
  shown.state.value = { ...shown.state.value, filter: 'accuracy > much' };
  expect(shown.table.filter.value.problem).toBe('“much” is no number.');
});

test('the sweep’s own baseline counts until a person chooses', () => {
  const { table, state } = tableOf(SIX);
  const baseline = (): string | undefined => table.rows.value.find(({ isBaseline }) => isBaseline)?.name;
  expect(baseline()).toBeUndefined();
  const ofSweep = [...table.runs.value.values()].map((one) => ({
    ...one,
    facts: { ...one.facts, sweepBaseline: 'cutout' },
  }));
  table.runs.value = new Map(ofSweep.map((one) => [one.facts.run, one]));
  expect(baseline()).toBe('cutout');
  expect(table.shown.value.map(({ id }) => id)).toContain('difference:accuracy');
  state.value = { ...state.value, baseline: 'none' };
  expect(baseline()).toBe('none');
  state.value = { ...state.value, baseline: null };
  expect(baseline()).toBeUndefined();
});

test('sorting draws neither toolbar nor rows anew, and groups have heads', () => {
  const { table, state } = tableOf(SIX);
  const [arranged, rows] = [table.arranged.value, table.rows.value];
  state.value = { ...state.value, sort: { by: 'accuracy', descending: true } };
  expect(names({ table, state })).toEqual(['cutout', 'none']);
  expect(table.arranged.value).toBe(arranged);
  expect(table.rows.value).toBe(rows);
  const heads = (group: string): string[] => {
    state.value = { ...state.value, group };
    return table.lines.value.flatMap((line) => (line.kind === 'group' ? [line.title] : []));
  };
  expect(heads('training.augmentation')).toEqual(['augmentation cutout', 'augmentation none']);
  expect(heads('state')).toEqual(['finished']);
});

test('an opened recipe has a line for each seed', () => {
  const closed = tableOf(SIX);
  expect(closed.table.lines.value).toHaveLength(2);
  const key = closed.table.rows.value[1]!.key;
  closed.state.value = { ...closed.state.value, opened: [key] };
  const levels = closed.table.lines.value.map((line) => (line.kind === 'row' ? line.level : 0));
  expect(levels).toEqual([1, 1, 2, 2, 2]);
});

test('a run that cannot be read stays as a row, and one that is being read waits', () => {
  const { table } = tableOf(SIX);
  const [first, second, ...others] = [...table.runs.value.values()];
  const unread = { ...first!.facts, settings: {}, series: {}, values: {} };
  const runs = [
    { ...first!, facts: unread, problem: 'run.json is no JSON' },
    { ...second!, facts: { ...second!.facts, settings: {} }, reading: true },
    ...others,
  ];
  table.runs.value = new Map(runs.map((run) => [run.facts.run, run]));
  expect(table.rows.value.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'recipe none',
    'recipe cutout',
    'run none-1',
  ]);
});

test('exports hold what is shown', () => {
  const { table } = tableOf(SIX, { baseline: 'none' });
  const shown = { rows: table.visible.value, columns: table.shown.value, at: 'final' } as const;
  const [head, ...runs] = exportedTable('runsCsv', shown).text.trim().split('\r\n');
  const at = head!.split(',').indexOf('accuracy');
  expect(runs.map((line) => Number(line.split(',')[at]))).toEqual([59, 60, 61, 61, 63, 65]);
  expect(exportedTable('csv', shown)).toMatchObject({ kind: 'csv', name: 'recipes' });
  expect(exportedTable('md', shown).text).toContain('**63.00 ± 4.97 (n = 3)**');
  expect(exportedTable('tex', shown).text).toContain('\\mathbf{63.00 \\pm 4.97}');
  const hidden = { ...shown, columns: shown.columns.filter(({ id }) => id !== 'accuracy') };
  expect(exportedTable('runsCsv', hidden).text.split('\r\n')[0]).not.toContain('accuracy');
});
