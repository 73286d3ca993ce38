import { expect, it } from 'vitest';
import { listRows } from '../../../../webview/metrics/listRows';
import { createRuns } from '../../../../webview/metrics/runs';
import { shownRun } from './shownRun';

const listed = (run: string, studyName: string, recipe: string) => {
  const { curve } = shownRun({ run, studyName, recipe, name: `named ${run}` });
  return curve;
};
const runs = [listed('/1', 'digits', 'cutout'), listed('/2', 'birds', 'plain'), listed('/3', 'digits', 'mixup')];
const text = (options: Parameters<typeof listRows>[1]): string[] =>
  listRows(runs, options).map((row) => (row.kind === 'group' ? `${row.name}: ${row.runs.join()}` : row.run.run));

it('lists runs by study or recipe, of which the search finds some', () => {
  expect(text({ by: 'run', search: '' })).toEqual(['digits: /1,/3', '/1', '/3', 'birds: /2', '/2']);
  expect(text({ by: 'recipe', search: '' })).toHaveLength(6);
  expect(text({ by: 'run', search: 'DIGITS mix' })).toEqual(['digits: /3', '/3']);
  expect(text({ by: 'run', search: 'nothing' })).toEqual([]);
});

it('takes changes of single runs, and another order', () => {
  const known = createRuns();
  known.takeList(runs);
  known.changeList({ changed: [{ ...(runs[1] as (typeof runs)[number]), stateText: 'done' }], order: null });
  expect(known.list.value.map(({ run, stateText }) => [run, stateText])).toEqual([
    ['/1', ''],
    ['/2', 'done'],
    ['/3', ''],
  ]);
  known.changeList({ changed: [listed('/4', 'new', 'new')], order: ['/4', '/3', '/1'] });
  expect(known.list.value.map(({ run }) => run)).toEqual(['/4', '/3', '/1']);
});
