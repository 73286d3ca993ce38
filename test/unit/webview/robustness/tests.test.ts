import { describe, expect, test } from 'vitest';
import type { RunView } from '../../../../src/protocol/panelView';
import type { ShownOutcome, ShownTests } from '../../../../src/protocol/robustnessPanel';
import { createRobustnessState, noticeText, openRows } from '../../../../webview/robustness/robustnessState';
import { parseSavedState } from '../../../../webview/robustness/savedState';
import { sortRows } from '../../../../webview/robustness/tests/columns';
import { testsCsv } from '../../../../webview/robustness/tests/csv';
import { describeMeasure, measureWords } from '../../../../webview/robustness/tests/measureWords';
import { MEASURES, numberText } from '../../../../webview/robustness/tests/measures';
import { measured } from '../../extension/robustness/measured';

const view: RunView = {
  kind: 'run',
  title: 'Robustness',
  appearance: { opacity: 0.55, colourMap: 'viridis', scale: 'image' },
  source: { studyFile: '/s', run: null, images: { of: 'study' }, follows: false },
  ...{
    studyName: 's, "quoted"',
    name: 's',
    run: '/r',
    runs: [],
    training: false,
    otherSettings: null,
    classNames: ['a', 'b'],
    trusted: true,
  },
  checkpoints: [0, 1, 2].map((epoch) => ({
    epoch,
    testAccuracy: 10 * epoch,
    claimedAccuracy: null,
    measurable: false,
    weights: epoch === 0 ? 'untrained' : 'trained',
    name: `Epoch ${epoch}`,
  })),
  ...{
    studyEpochs: [0, 2],
    layers: [],
    defaultLayer: 'auto',
    studyLayer: 'auto',
    studyMethod: 'gradcam',
    studyParameters: {},
    inputSize: 32,
    seed: 1,
    images: [],
  },
};
const outcome = (
  entry: number,
  epoch: number,
  drop: number,
  kind: ShownOutcome['kind'] = 'measured',
): ShownOutcome => ({
  ...{ entry, epoch, kind, measured: measured(80, drop), misses: [], was: null },
});
const tests: ShownTests = {
  ...{ run: '/r', known: true, computing: false, problem: null },
  tests: ['gaussianNoise 0.1', 'occlusion 10'].map((title, entry) => ({ entry, title, rounds: 3, expects: false })),
  outcomes: [outcome(0, 0, 0.1), outcome(0, 2, 0.3, 'stale'), outcome(1, 2, 0.2)],
};
const state = parseSavedState(undefined);

describe('what the panel shows', () => {
  test('each test at each checkpoint that the study asks for, also what is missing', () => {
    const { rows } = createRobustnessState(view, tests, state);
    expect(rows.map(({ test: { entry }, checkpoint }) => [entry, checkpoint.epoch])).toEqual([
      [0, 0],
      [0, 2],
      [1, 0],
      [1, 2],
    ]);
    expect(openRows({ rows }).map(({ test: { entry }, checkpoint }) => [entry, checkpoint.epoch])).toEqual([
      [0, 2],
      [1, 0],
    ]);
  });

  test('one test alone, and chosen checkpoints', () => {
    const { rows } = createRobustnessState(view, tests, { ...state, entry: 1, epochs: [1] });
    expect(rows.map(({ test: { entry }, checkpoint }) => [entry, checkpoint.epoch])).toEqual([[1, 1]]);
  });

  test('an epoch that the training has not reached is no reason to show none', () => {
    expect(createRobustnessState({ ...view, studyEpochs: [20] }, tests, state).checkpoints).toHaveLength(3);
  });
});

test('rows are sorted by a column, those without a value last either way', () => {
  const { rows } = createRobustnessState(view, tests, state);
  const drops = (descending: boolean): (number | undefined)[] =>
    sortRows(rows, { column: 'drop', descending }).map((row) => row.outcome?.measured.confidenceDrop.ofPrediction.mean);
  expect(drops(true)).toEqual([0.3, 0.2, 0.1, undefined]);
  expect(drops(false)).toEqual([0.1, 0.2, 0.3, undefined]);
});

test('the numbers as CSV: what is outdated says so, what is missing has no line', () => {
  const lines = testsCsv(createRobustnessState(view, tests, state))
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[2]).toMatch(
    /^"s, ""quoted""",\/r,1,gaussianNoise 0\.1,2,20,stale,,500,2,90,85,95,450,500,80,75,85,800,1000,/,
  );
  const [head, line] = [lines[0]!.split(','), lines[1]!.split(',').slice(1)];
  const cells = (name: string) => ['', '_low', '_high', '_n'].map((end) => line[head.indexOf(name + end)]);
  expect(cells('drop_of_prediction')).toEqual(['0.1', '0.09000000000000001', '0.11', '500']);
  expect(cells('top_overlap')).toEqual(['0.7', '', '', '3']);
  expect(cells('ssim')).toEqual(['', '', '', '0']);
});

test('words', () => {
  expect(noticeText(3, 2, 12)).toBe('5 of 12 results are to be computed: 3 missing, 2 outdated.');
  expect(noticeText(0, 1, 12)).toBe('1 of 12 results is outdated.');
  expect(numberText(-0.0213, 3)).toBe('−0.021');
  expect(numberText(null, 3)).toBe('–');
});

test('each measure has words of the page for it', () => {
  for (const measure of MEASURES) {
    expect(measureWords(measure), measure.id).not.toBe(measureWords({ ...measure, id: 'later' }));
    expect(measureWords(measure).head).toBe(measure.head);
    expect(measureWords(measure).name.toLowerCase()).toBe(measure.name.toLowerCase());
    expect(describeMeasure(measure)).toMatch(/ (higher|lower) is better\. /);
  }
});

test('a state that is not understood is the default one', () => {
  expect(parseSavedState({ tab: 'image' })).toEqual(state);
  expect(parseSavedState({ ...state, tab: 'image', image: 'test:3' })).toMatchObject({ tab: 'image', image: 'test:3' });
});

test('a state of an earlier version is read', () => {
  const look = { opacity: 0.5, colourMap: 'jet', blending: 'normal', scale: 'row', smooth: true, cellSize: 112 };
  expect(parseSavedState({ ...state, look })).toMatchObject({ look });
});
