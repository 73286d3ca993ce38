import { expect, test } from 'vitest';
import { durationText } from '../../../../src/common/duration';
import { nextEpochText, progressText, stateText, whenText } from '../../../../src/extension/runs/runText';
import type { CheckpointAccuracy } from '../../../../src/runs';
import { epoch, trainingRun } from './summaries';

test('progress says epoch, accuracy and time left', () => {
  expect(progressText(trainingRun())).toBe('41.5 % · epoch 3 of 20 · 2 min left');
});

test('what is not known yet is left out', () => {
  const run = trainingRun({ epochs: [epoch(0, null)] }, { secondsLeft: null });
  expect(progressText(run)).toBe('epoch 3 of 20');
  expect(progressText(trainingRun({ state: 'starting', status: undefined }))).toBe('starting: loading data');
});

test('a resumed run that loads data does not show its old place', () => {
  expect(progressText(trainingRun({ state: 'starting' }))).toBe('starting: loading data');
});

test.each([
  ['finished', '41.5 % · 2 epochs'],
  ['cancelled', '41.5 % · stopped after epoch 2 of 20'],
  ['interrupted', '41.5 % · interrupted after epoch 2 of 20'],
  ['failed', '41.5 % · failed after epoch 2 of 20'],
  ['damaged', 'cannot be read'],
] as const)('a run that is %s', (state, text) => {
  expect(stateText(trainingRun({ state }))).toBe(text);
});

test('an imported run has checkpoints, and no epochs that it was trained for', () => {
  const claimed = { testAccuracy: 93.07, testLoss: null, trainLoss: null };
  const measured = { right: 8, count: 1017 };
  const text = (accuracy: Partial<CheckpointAccuracy>, warning?: string): string => {
    const accuracies = [{ epoch: 7, measured: null, claimed, differs: null, ...accuracy }];
    const run = { state: 'finished', epochs: [], checkpoints: [3, 7], imported: { accuracies, warning } } as const;
    return stateText(trainingRun(run));
  };
  expect(text({})).toBe('not measured (claimed: 93.1 %) · 2 imported checkpoints');
  expect(text({ measured, differs: true }, 'They differ.')).toBe(
    '0.8 % (claimed: 93.1 %) · 2 imported checkpoints · not what is claimed',
  );
  expect(text({ measured, claimed: { ...claimed, testAccuracy: null } })).toBe('0.8 % · 2 imported checkpoints');
});

test('resuming goes on after the last complete epoch', () => {
  expect(nextEpochText(trainingRun())).toBe('epoch 3 of 20');
});

test.each([
  [0.2, '1 s'],
  [59, '59 s'],
  [59.7, '1 min'],
  [118, '2 min'],
  [3599, '1 h'],
  [12_000, '3 h 20 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test('a year is said where it is another one', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  expect(whenText('2026-11-20T12:00:00Z', now)).not.toContain('2026');
  expect(whenText('2025-06-20T12:00:00Z', now)).toContain('2025');
});
