import { expect, test } from 'vitest';
import { runName } from '../../../../src/extension/runs/runName';
import { whenText } from '../../../../src/extension/runs/runText';
import { trainingRun } from './summaries';

const when = whenText(trainingRun().createdAt);

test('a run without a name is called by when it began, or in titles by its study', () => {
  const run = trainingRun();
  expect([runName(run, 'inStudy'), runName(run, 'title'), runName(run, 'full')]).toEqual([when, 's', `s from ${when}`]);
});

test('a run with a name is called by it, beside its study where that is not above it', () => {
  const run = trainingRun({ about: { name: 'warm-up' } });
  const names = [runName(run, 'inStudy'), runName(run, 'title'), runName(run, 'full')];
  expect(names).toEqual(['warm-up', 's: warm-up', 's: warm-up']);
});
