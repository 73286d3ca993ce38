import { expect, it } from 'vitest';
import { curveOf, listedRuns, proposedRuns } from '../../../../src/extension/metrics/curves';
import { createFeed } from '../../../../src/extension/metrics/feed';
import { stepCurves } from '../../../../src/extension/metrics/steps';
import type { RunSummary } from '../../../../src/extension/runs/runSummary';
import type { CurveValues, ListChange } from '../../../../src/protocol/metrics';

const epoch = { epoch: 0, trainLoss: 2.3, trainAccuracy: 10, testLoss: 2.3, testAccuracy: 12.8, learningRate: 0 };
const epochs = [{ ...epoch, seconds: 1, imagesPerSecond: 100 }];
const rest = { steps: { at: [], loss: [], learningRate: [], imagesPerSecond: [] }, more: {} };

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
  expect(proposedRuns(runs, { named: ['/r/4'], studyFile: '/a' })).toEqual(['/r/4']);
  expect(proposedRuns(runs, { studyFile: '/a' })).toEqual(['/r/2', '/r/1']);
  expect(proposedRuns(runs, {})).toEqual(['/r/3', '/r/2', '/r/1']);
});

it('tells a curve from a run', () => {
  const [listed] = listedRuns([runs[3] as RunSummary]);
  expect(listed).toMatchObject({
    ...{ run: '/r/1', live: false, batches: null, warning: null, plannedEpochs: null, seed: null, whole: true },
    stateText: expect.stringContaining('12.8 %') as string,
  });
  expect(curveOf(runs[3] as RunSummary, rest)).toEqual({ run: '/r/1', epochs, claims: [], ...rest });
  expect(listedRuns([run('1', '/a', { batches: 'in parts' })])[0]?.batches).toBe('in parts');
  const claimed = { testAccuracy: 93.07, testLoss: null, trainLoss: null };
  const accuracies = [{ epoch: 0, measured: { right: 8, count: 1017 }, claimed, differs: true }];
  const imported = run('1', '/a', { damage: 'Damaged.', imported: { accuracies, warning: 'They differ.' } });
  expect(listedRuns([imported])[0]).toMatchObject({ warning: 'Damaged. They differ.', plannedEpochs: null });
  expect(curveOf(imported, rest).claims).toEqual([{ epoch: 0, testAccuracy: 93.07, differs: true }]);
});

it('knows runs of one recipe by their settings, whatever their seed', () => {
  const trained = (seed: number, rate: string) => ({ seed, recipe: null, settings: { 'training.learningRate': rate } });
  const all = [
    run('5', '/a', { trained: trained(1, '0.1'), createdAt: '2026-11-25T09:37:00.000Z' }),
    run('4', '/a', { trained: trained(2, '0.1') }),
    run('3', '/a', { trained: trained(1, '0.2') }),
    run('2', '/a', { trained: trained(1, '0.1') }),
    run('1', '/a', { state: 'damaged' }),
    run('0', '/a', { state: 'damaged' }),
  ];
  const listed = listedRuns(all);
  expect(new Set(listed.slice(0, 2).map(({ recipe }) => recipe)).size).toBe(1);
  // The older run of a seed; another recipe; and each that cannot be read is like no other.
  expect(listed.map(({ repeated }) => repeated)).toEqual([false, false, false, true, false, false]);
  expect(new Set(listed.map(({ recipe }) => recipe)).size).toBe(4);
});

it('tells only what has changed, of the runs that are shown', async () => {
  let now: readonly RunSummary[] = runs;
  const lists: ListChange[] = [];
  const curves: CurveValues[][] = [];
  const feed = createFeed({
    runs: () => now,
    read: () => Promise.resolve(rest),
    tellList: (change) => lists.push(change),
    tellCurves: (values) => curves.push(values),
  });
  expect(feed.list().map(({ id }) => id)).toEqual(['4', '3', '2', '1']);
  expect((await feed.curves(['/r/1', '/r/gone'])).map((each) => each.run)).toEqual(['/r/1']);
  await feed.changed();
  expect([lists, curves]).toEqual([[], []]);
  const more = [...epochs, { ...epochs[0], epoch: 1 } as (typeof epochs)[number]];
  now = [run('4', '/a', { state: 'finished' }), ...runs.slice(1, 3), run('1', '/a', { epochs: more })];
  await feed.changed();
  expect(lists.map(({ changed, order }) => [changed.map(({ id }) => id), order])).toEqual([[['4', '1'], null]]);
  expect(curves.map((values) => values.map((each) => each.epochs.length))).toEqual([[2]]);
  now = now.slice(1);
  await feed.changed();
  expect(lists[1]).toEqual({ changed: [], order: ['/r/3', '/r/2', '/r/1'] });
  expect(curves).toHaveLength(1);
});

it('draws steps in epochs, and no more of them than a chart can show', () => {
  const line = { epoch: 2, of: 4, loss: 1, accuracy: 50, learningRate: 0.1, imagesPerSecond: 100 };
  expect(
    stepCurves([
      { ...line, step: 2 },
      { ...line, step: 4, loss: null },
    ]),
  ).toEqual({
    ...{ at: [1.5, 2], loss: [1, null], learningRate: [0.1, 0.1], imagesPerSecond: [100, 100] },
  });
  const many = Array.from({ length: 1500 }, (_, at) => ({ ...line, epoch: 1 + at, step: 4, loss: at }));
  const { at, loss } = stepCurves(many);
  // Of each two lines the mean, where the second is.
  expect([at.length, at[0], loss[0], loss[749]]).toEqual([750, 2, 0.5, 1498.5]);
  expect(stepCurves([]).at).toEqual([]);
});
