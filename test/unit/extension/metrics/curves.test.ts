import { expect, it } from 'vitest';
import { curveOf, proposedRuns } from '../../../../src/extension/metrics/curves';
import type { RunSummary } from '../../../../src/extension/runs/runSummary';

const epoch = { epoch: 0, trainLoss: 2.3, trainAccuracy: 10, testLoss: 2.3, testAccuracy: 12.8, learningRate: 0 };
const epochs = [{ ...epoch, seconds: 1, imagesPerSecond: 100 }];

function run(id: string, studyFile: string, change: Partial<RunSummary> = {}): RunSummary {
  const named = { folder: `/r/${id}`, id, studyName: 'a', studyFile, createdAt: '2026-11-24T09:37:00.000Z' };
  return { ...named, state: 'finished', about: {}, status: undefined, epochs, checkpoints: [0], ...change };
}

const runs = [
  run('4', '/a', { epochs: [], state: 'failed' }),
  run('3', '/b'),
  run('2', '/a', { state: 'starting', epochs: [] }),
  run('1', '/a'),
];

it('proposes a run that is meant, a study’s runs, or the newest of all, where there is something to see', () => {
  expect(proposedRuns(runs, { run: '/r/4', studyFile: '/a' })).toEqual(['/r/4']);
  expect(proposedRuns(runs, { studyFile: '/a' })).toEqual(['/r/2', '/r/1']);
  expect(proposedRuns(runs, {})).toEqual(['/r/3', '/r/2', '/r/1']);
});

it('tells a curve from a run', () => {
  expect(curveOf(runs[3] as RunSummary)).toMatchObject({
    ...{ run: '/r/1', live: false, batches: null, warning: null, plannedEpochs: null, epochs },
    stateText: expect.stringContaining('12.8 %') as string,
  });
  expect(curveOf(run('1', '/a', { batches: 'in parts' })).batches).toBe('in parts');
  const claimed = { testAccuracy: 93.07, testLoss: null, trainLoss: null };
  const accuracies = [{ epoch: 0, measured: { right: 8, count: 1017 }, claimed, differs: true }];
  expect(
    curveOf(run('1', '/a', { damage: 'Damaged.', imported: { accuracies, warning: 'They differ.' } })),
  ).toMatchObject({
    warning: 'Damaged. They differ.',
    plannedEpochs: null,
    claims: [{ epoch: 0, testAccuracy: 93.07, differs: true }],
  });
});
