import { expect, test } from 'vitest';
import { shownCell, shownSweep } from '../../../../src/extension/sweep/sweepView';
import { epoch, trainingRun } from '../runs/summaries';
import { cellOf, sweepOf } from './states';

const status = {
  ...trainingRun().status!,
  state: 'training',
  epoch: 3,
  epochs: 4,
  step: 5,
  stepsPerEpoch: 10,
} as const;

test('a cell in training shows its epoch, its share and the newest accuracy that was measured', () => {
  const run = trainingRun({
    folder: '/r',
    epochs: [epoch(0, 10), epoch(1, 40), epoch(2, 41.5)],
    checkpoints: [0, 1, 2],
  });
  const progress = cellOf(2, { state: 'training', run: '/r', status, secondsLeft: 90 });
  expect(shownCell(progress, run)).toEqual({
    id: 'c2',
    recipe: 'a',
    seed: 2,
    state: 'training',
    hasRun: true,
    hasCheckpoints: true,
    epoch: 3,
    epochs: 4,
    // Two epochs and half of the third, of four.
    share: 2.5 / 4,
    accuracy: 41.5,
    secondsLeft: 90,
    error: null,
    task: null,
  });
});

test('a cell without a run has the epochs of its study, and none behind it', () => {
  const shown = shownCell(cellOf(0, { state: 'queued' }), undefined);
  expect(shown).toMatchObject({ hasRun: false, epoch: null, epochs: 4, share: 0, accuracy: null });
});

test('what is done or is being tested is trained, whatever its status says', () => {
  expect(shownCell(cellOf(0, { state: 'testing', run: '/r', status }), undefined).share).toBe(1);
  expect(shownCell(cellOf(0, { state: 'done', run: '/r', status: undefined }), undefined).share).toBe(1);
});

test('a sweep has its process, and why that waits', () => {
  const state = sweepOf(['queued'], { isRunning: true, secondsLeft: 5 });
  const waiting = { ...state, runner: { ...state.runner!, waiting: 'too little memory' } };
  expect(shownSweep(waiting, 3, () => undefined)).toMatchObject({
    study: { studyFile: state.studyFile, name: 's' },
    jobs: 3,
    runner: { jobs: 2, waiting: 'too little memory' },
    secondsLeft: 5,
  });
  expect(shownSweep(sweepOf(['new']), null, () => undefined)).toMatchObject({ jobs: null, runner: null });
});
