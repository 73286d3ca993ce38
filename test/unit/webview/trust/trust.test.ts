import { expect, test } from 'vitest';
import type { CalibrationProgress } from '../../../../src/computations/calibration/schema';
import type { RunView } from '../../../../src/protocol/panelView';
import { takeCalibration } from '../../../../webview/trust/calibration/answer';
import { costOfMaps, costText } from '../../../../webview/trust/costText';
import { csvOf } from '../../../../webview/trust/csv';
import { createMeasurement } from '../../../../webview/trust/measurement';
import { DEFAULT_CHOICE, parseSavedState } from '../../../../webview/trust/savedState';
import {
  agreementOf,
  calibrationOf,
  faithfulnessOf,
  fusionProblem,
  localisationOf,
  sanityOf,
} from '../../../../webview/trust/wanted';

const view = {
  run: '/run',
  checkpoints: [0, 1, 2].map((epoch) => ({ epoch })),
  studyEpochs: null,
  studyMethod: 'gradcam',
  studyParameters: {},
  studyLayer: 'layer3.2',
  classNames: Array.from({ length: 10 }, (_, at) => String(at)),
  inputSize: 32,
  layers: [
    { name: 'layer2.2', channels: 8, height: 16, width: 16, aliases: [], tokens: null, closedForm: false },
    { name: 'layer3.2', channels: 8, height: 8, width: 8, aliases: [], tokens: null, closedForm: true },
  ],
  images: [{ kind: 'set', set: 'test', index: 7 }],
} as unknown as RunView;
const samples = { faithfulness: 40, sanity: 50, localisation: 30, focus: 100, calibration: null };
const basis = { view, choice: DEFAULT_CHOICE, testImages: 60, trainImages: 192, samples };

test('what is wanted follows from the choice, and from what there is', () => {
  expect(faithfulnessOf(basis)).toMatchObject({
    epochs: [0, 1, 2],
    methods: [{ id: 'gradcam' }],
    layer: 'layer3.2',
    perImage: true,
  });
  expect(faithfulnessOf(basis)?.images).toHaveLength(40);
  const few = {
    ...DEFAULT_CHOICE,
    images: { ...DEFAULT_CHOICE.images, faithfulness: 'study' as const },
    epochs: [2, 9],
  };
  expect(faithfulnessOf({ ...basis, choice: few })).toMatchObject({ epochs: [2], images: view.images });
  // Of more test images than there are, all.
  expect(calibrationOf(basis)).toEqual({ run: '/run', epochs: [0, 1, 2], images: 60, entries: [] });
  expect(faithfulnessOf({ ...basis, testImages: 0 })).toBeUndefined();
  // Masks and mosaics as many as the study's tests of each take, or as many as are chosen.
  expect(localisationOf(basis)).toMatchObject({ images: 30, mosaics: 100 });
  const chosen = { ...DEFAULT_CHOICE, images: { ...DEFAULT_CHOICE.images, localisation: 25 } };
  expect(localisationOf({ ...basis, choice: chosen })).toMatchObject({ images: 25, mosaics: 25 });
  // Two methods agree, one does not; another run is compared once it is chosen.
  expect(agreementOf(basis)).toBeUndefined();
  expect(agreementOf({ ...basis, choice: { ...DEFAULT_CHOICE, methods: ['gradcam', 'layercam'] } })).toBeDefined();
  expect(sanityOf(basis, 'against')).toBeUndefined();
  expect(sanityOf({ ...basis, choice: { ...DEFAULT_CHOICE, against: '/other' } }, 'against')).toMatchObject({
    checks: ['against'],
    against: '/other',
  });
});

test('the study’s method is measured with its parameters, another with its own', () => {
  const ofStudy = { ...view, studyMethod: 'occlusion', studyParameters: { window: 4 } };
  const choice = { ...DEFAULT_CHOICE, methods: ['gradcam', 'occlusion'] };
  const expected = [
    { id: 'gradcam', parameters: {} },
    { id: 'occlusion', parameters: { window: 4 } },
  ];
  expect(faithfulnessOf({ ...basis, view: ofStudy })?.methods).toEqual(expected.slice(1));
  expect(faithfulnessOf({ ...basis, view: ofStudy, choice })?.methods).toEqual(expected);
  expect(agreementOf({ ...basis, view: ofStudy, choice })?.methods).toEqual(expected);
  expect(sanityOf({ ...basis, view: ofStudy, choice }, 'randomisation')?.methods).toEqual([
    { method: 'gradcam', parameters: {} },
    { method: 'occlusion', parameters: { window: 4 } },
  ]);
});

test('layers are fused by methods of a layer alone', () => {
  const fused = { ...DEFAULT_CHOICE, layer: 'mean(layer2.2, layer3.2)' };
  expect(faithfulnessOf({ ...basis, choice: fused })?.layer).toBe('mean(layer2.2, layer3.2)');
  expect(fusionProblem({ view, choice: fused })).toBeUndefined();
  expect(fusionProblem({ view, choice: { ...fused, methods: ['gradcam', 'rise'] } })).toContain('fuse: RISE.');
  expect(fusionProblem({ view, choice: { ...DEFAULT_CHOICE, methods: ['rise'] } })).toBeUndefined();
});

test('the state of another version is not taken', () => {
  expect(parseSavedState({ tab: 'nowhere' })).toMatchObject({ tab: 'faithfulness', choice: DEFAULT_CHOICE });
  const kept = { source: null, tab: 'sanity', choice: { ...DEFAULT_CHOICE, seed: 3 }, paces: { faithfulness: 200 } };
  expect(parseSavedState(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});

test('the cost is said in passes, and in time once a pace is known', () => {
  expect(costText({ forward: 12_400, backward: 0, pace: undefined })).toBe(
    'This takes about 12,400 forward passes of an image.',
  );
  expect(costText({ forward: 900, backward: 300, pace: 10 })).toBe(
    'This takes about 900 forward and 300 backward passes of an image. At the pace of the last time that is 2 min.',
  );
  expect(costText({ forward: 0, backward: 0, pace: 10 })).toBe('');
  const cost = (choice: Partial<typeof DEFAULT_CHOICE>, classes: 'all' | 'one') =>
    costOfMaps({ view, choice: { ...DEFAULT_CHOICE, ...choice } }, classes, 700);
  expect(cost({}, 'all')).toEqual({ forward: 700, backward: 0 });
  // At inner layers a gradient of each class is kept, or of the one asked for.
  expect(cost({ layer: 'layer2.2' }, 'all')).toEqual({ forward: 7000, backward: 7000 });
  expect(cost({ layer: 'layer2.2' }, 'one')).toEqual({ forward: 700, backward: 700 });
  // The mean over the methods, of the input's size: 25 windows of 8 pixels every 4 in 32 (and more at the edges).
  const windows = (inputSize: number) =>
    costOfMaps({ view: { ...view, inputSize }, choice: { ...DEFAULT_CHOICE, methods: ['occlusion'] } }, 'one', 1)
      .forward;
  expect(windows(64)).toBeGreaterThan(3 * windows(32));
});

test('a file has a line for each number, with the columns of all sections', () => {
  const row = (ids: (string | number)[], mean: number | null) => ({
    of: ids,
    ids,
    isShown: false,
    numbers: mean === null ? null : { mean, n: 9, interval: { low: 0, high: 1 } },
  });
  const csv = csvOf([
    { name: 'one', table: { heads: [], columns: ['method', 'epoch'], rows: [row(['gradcam', 2], 0.25)] } },
    { name: 'two', table: { heads: [], columns: ['epoch', 'of'], rows: [row([3, 'a, b'], null)] } },
  ]);
  expect(csv).toBe('section,method,epoch,of,mean,low,high,n\none,gradcam,2,,0.25,0,1,9\ntwo,,3,"a, b",,,,0\n');
});

test('results of checkpoints come in any order, and again', () => {
  const result = (epoch: number, n: number): CalibrationProgress =>
    ({ kind: 'result', epoch, state: 'kept', calibration: { scores: { n }, temperature: null, drops: [] } }) as never;
  const start = { kind: 'start', images: 60, entries: [{ rounds: 3 }, { rounds: 2 }] } as CalibrationProgress;
  const answer = [start, result(2, 60), result(0, 60), result(2, 59)].reduce(takeCalibration, undefined);
  expect(answer).toMatchObject({ images: 60, times: 6 });
  expect(answer?.points.map(({ epoch, scores }) => [epoch, scores.n])).toEqual([
    [0, 60],
    [2, 59],
  ]);
});

const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

test('what is kept is asked for at once, and the rest once it is wanted', async () => {
  const asked: { of: string; compute: boolean }[] = [];
  const measurement = createMeasurement<{ of: string }, { done: number; of: number }, { missing: number }, number>({
    ask(params, { progress }) {
      asked.push(params);
      progress({ done: params.compute ? 3 : 1, of: 3 });
      return Promise.resolve({ missing: params.compute ? 0 : 2 });
    },
    take: (_, { done }) => done,
    lackOf: ({ missing }) => missing,
    countOf: (progress) => progress,
  });
  measurement.want({ of: 'a' });
  // Looking for what is kept is no computing.
  expect(measurement.state.value).toEqual({ kind: 'idle' });
  await settled();
  expect(asked).toEqual([{ of: 'a', compute: false }]);
  expect([measurement.shown.value?.answer, measurement.lack.value]).toEqual([1, 2]);
  measurement.measure();
  expect(measurement.state.value).toMatchObject({ kind: 'computing', done: 3, of: 3 });
  await settled();
  expect(asked.slice(1)).toEqual([{ of: 'a', compute: true }]);
  expect([measurement.shown.value?.answer, measurement.lack.value]).toEqual([3, 0]);
  expect(measurement.state.value).toEqual({ kind: 'idle' });
  // Of something else nothing is shown, and nothing is computed by itself.
  measurement.want({ of: 'b' });
  expect(measurement.shown.value?.answer).not.toBe(3);
  await settled();
  expect(asked.at(-1)).toEqual({ of: 'b', compute: false });
});

test('what fails while it is looked for is told, and asked again', async () => {
  let fails = true;
  const measurement = createMeasurement<{ of: string }, never, { missing: number }, number>({
    ask: () => (fails ? Promise.reject(new Error('damaged')) : Promise.resolve({ missing: 1 })),
    take: (answer) => answer,
    lackOf: ({ missing }) => missing,
    countOf: () => undefined,
  });
  measurement.want({ of: 'a' });
  await settled();
  expect(measurement.state.value).toEqual({ kind: 'failed', message: 'damaged' });
  fails = false;
  measurement.resume();
  await settled();
  expect(measurement.state.value).toEqual({ kind: 'idle' });
  expect(measurement.lack.value).toBe(1);
});
