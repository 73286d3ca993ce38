import { expect, test } from 'vitest';
import { recipeLens, sweepLenses } from '../../../../src/extension/editor/sweepLenses';
import { sweepPlaces } from '../../../../src/extension/editor/sweepPlaces';
import { parseWhatIsThere } from '../../../../src/study/jsonText';
import type { SweepState } from '../../../../src/sweeps/sweepState';
import { sweepOf } from '../sweep/states';

const titles = (...[file, state, trusted, hasCluster = false]: [string, SweepState | undefined, boolean, boolean?]) =>
  sweepLenses(file, state, { trusted, hasCluster }).map(({ title }) => title.replace(/^\$\([\w~-]+\) /, ''));

test('a sweep that nobody began is run, and one that runs is paused', () => {
  expect(titles('/s', sweepOf(['new', 'new']), true)).toEqual(['0 of 2 done', 'Run Sweep']);
  const running = sweepOf(['done', 'training', 'queued'], { isRunning: true, secondsLeft: 120 });
  expect(titles('/s', running, true)).toEqual(['1 of 3 done · 2 min left', 'Pause', 'Open Runs Table']);
  expect(titles('/s', { ...running, paused: true }, true)).toEqual([
    '1 of 3 done · paused',
    'Continue',
    'Open Runs Table',
  ]);
});

test('what has failed can be retried, and what its process left is gone on with', () => {
  expect(titles('/s', sweepOf(['done', 'failed']), true)).toEqual([
    '1 of 2 done, 1 failed',
    'Run Sweep',
    'Retry Failed Cells',
    'Open Runs Table',
  ]);
  expect(titles('/s', sweepOf(['done', 'queued']), true)).toEqual([
    '1 of 2 done · not running',
    'Run Sweep',
    'Open Runs Table',
  ]);
  expect(titles('/s', sweepOf(['done', 'done']), true)).toEqual(['2 of 2 done', 'Open Runs Table']);
});

test('where there is a cluster, what is left can be handed to it', () => {
  expect(titles('/s', sweepOf(['new', 'new']), true, true)).toEqual(['0 of 2 done', 'Run Sweep', 'Run Sweep on…']);
  const going = sweepOf(['training', 'failed'], { isRunning: true });
  expect(titles('/s', going, true, true)).toEqual(['0 of 2 done, 1 failed', 'Pause', 'Retry Failed Cells']);
  expect(titles('/s', sweepOf(['done', 'done']), true, true)).toEqual(['2 of 2 done', 'Open Runs Table']);
  expect(titles('/s', sweepOf(['new']), false, true)).toEqual(['0 of 1 done']);
});

test('without trust only the state is shown, and of a file without a sweep nothing', () => {
  expect(titles('/s', sweepOf(['failed']), false)).toEqual(['0 of 1 done, 1 failed']);
  expect(titles('/s', undefined, true)).toEqual([]);
});

test('a recipe has its own state once one of its cells is wanted', () => {
  const title = (cells: Parameters<typeof recipeLens>[1]) => recipeLens('/s', cells).map((lens) => lens.title);
  expect(title(sweepOf(['new', 'new']).cells)).toEqual([]);
  expect(title([])).toEqual([]);
  expect(title(sweepOf(['done', 'queued']).cells)).toEqual(['$(clock) 1 of 2 done']);
});

test('where the text has the sweep and its recipes', () => {
  const text = '{ "name": "s",\n  "sweep": {\n    "recipes": { "plain": {}, "cut out": {} } } }';
  const places = sweepPlaces(parseWhatIsThere(text));
  expect(places.sweep).toBe(text.indexOf('"sweep"'));
  expect(places.recipes).toEqual([
    { name: 'plain', offset: text.indexOf('"plain"') },
    { name: 'cut out', offset: text.indexOf('"cut out"') },
  ]);
  expect(sweepPlaces(parseWhatIsThere('{ "name": "s" }'))).toEqual({ sweep: undefined, recipes: [] });
  expect(sweepPlaces(parseWhatIsThere(''))).toEqual({ sweep: undefined, recipes: [] });
});
