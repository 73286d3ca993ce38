/** What is drawn: means over seeds, smoothing, steps, axes. */
import { expect, it } from 'vitest';
import { bandCsv } from '../../../../webview/metrics/bandCsv';
import { chartKinds } from '../../../../webview/metrics/chartKinds';
import { chartContent } from '../../../../webview/metrics/chartOption';
import { linesOf } from '../../../../webview/metrics/lines';
import { bandOf, recipesOfShown } from '../../../../webview/metrics/recipes';
import { parseSavedState } from '../../../../webview/metrics/savedState';
import { seriesOf } from '../../../../webview/metrics/series';
import { smoothed } from '../../../../webview/metrics/smoothing';
import { zoomedByKey } from '../../../../webview/chart/zoom';
import { epochsOf, shownRun } from './shownRun';

const kindOf = (id: string) => {
  const found = chartKinds([{ more: { 'perturbed:noise': { epochs: [1], values: [40] } } }]).find(
    (each) => each.id === id,
  );
  if (found === undefined) throw new Error(id);
  return found;
};
const seriesWith = (...values: (number | null)[]) => ({ epochs: values.map((_, epoch) => epoch), values });

it('smooths as TensorBoard does, without drawing the beginning towards 0', () => {
  // By hand, of weight 0.5: sums 5, 12.5 and 21.25 (of 10, 20 and 30), over 0.5, 0.75 and 0.875.
  const [first, second, nothing, third] = smoothed([10, 20, null, 30], 0.5);
  expect(first).toBeCloseTo(10, 12);
  expect(second).toBeCloseTo(12.5 / 0.75, 12);
  expect(nothing).toBeNull();
  expect(third).toBeCloseTo(21.25 / 0.875, 12);
  expect(smoothed([3, 1, 2], 0)).toEqual([3, 1, 2]);
  // What is always the same stays so, however much it is smoothed.
  for (const value of smoothed(Array<number>(50).fill(7), 0.99)) expect(value).toBeCloseTo(7, 9);
});

it('has the 95 % interval of Student’s t over seeds', () => {
  // scipy.stats.t.interval(0.95, n − 1, loc=mean, scale=sem) of [60.1, 62.3, 61.0] and [0.5, 0.7].
  const [three] = bandOf(
    [[60.1], [62.3], [61]].map((values) => seriesWith(...values)),
    [0, 100],
  );
  expect(three).toMatchObject({ epoch: 0, n: 3, mean: expect.closeTo(61.13333333333333, 10) as number });
  expect(three?.interval?.low).toBeCloseTo(58.38576771826301, 8);
  expect(three?.interval?.high).toBeCloseTo(63.880898948403654, 8);
  const [two] = bandOf([seriesWith(0.5), seriesWith(0.7)], [-Infinity, Infinity]);
  expect(two?.interval?.low).toBeCloseTo(-0.6706204736174691, 8);
  expect(two?.interval?.high).toBeCloseTo(1.870620473617469, 8);
  // Of 97 and 99.5 % it would reach beyond 100 %.
  expect(bandOf([seriesWith(97), seriesWith(99.5)], [0, 100])[0]?.interval?.high).toBe(100);
});

it('has a mean only where all runs have a value, and an interval only of two and more', () => {
  const band = bandOf([seriesWith(10, 20, 30), seriesWith(12, null, 34, 50)], [0, 100]);
  expect(band.map(({ epoch, mean, n }) => [epoch, mean, n])).toEqual([
    [0, 11, 2],
    [2, 32, 2],
  ]);
  // A run that never had the measure says nothing of the others.
  expect(bandOf([seriesWith(10), seriesWith()], [0, 100])).toEqual([{ epoch: 0, mean: 10, n: 1, interval: null }]);
  expect(bandOf([], [0, 100])).toEqual([]);
});

const runs = [
  shownRun({ run: '/1', id: '1', recipe: 'cutout', seed: 1, epochs: epochsOf(10, 40) }),
  shownRun({ run: '/2', id: '2', recipe: 'cutout', seed: 2, epochs: epochsOf(12, 44) }),
  shownRun({ run: '/3', id: '3', recipe: 'cutout', seed: 3, epochs: epochsOf(90), whole: false }),
  shownRun({ run: '/4', id: '4', recipe: 'cutout', seed: 1, epochs: epochsOf(90, 90), repeated: true }),
  shownRun({ run: '/5', id: '5', recipe: 'none', seed: 1, epochs: epochsOf(10), whole: false }),
];

it('counts one finished run a seed, and unfinished ones where no other is', () => {
  const recipes = recipesOfShown(runs, new Map());
  expect(
    recipes.map(({ name, runs: all, counted }) => [name, all.length, counted.map(({ curve }) => curve.id)]),
  ).toEqual([
    ['cutout', 4, ['1', '2']],
    ['none', 1, ['5']],
  ]);
});

it('draws the mean before its runs, with what was smoothed faint behind it', () => {
  const input = { kind: kindOf('accuracy'), runs, recipes: recipesOfShown(runs, new Map()), parts: ['test'] } as const;
  const plain = linesOf({ ...input, smoothing: 0 });
  expect(plain.map(({ role }) => role)).toEqual(['run', 'run', 'run', 'run', 'run', 'main', 'main']);
  expect(plain[5]).toMatchObject({ name: 'cutout', values: [11, 42] });
  const smooth = linesOf({ ...input, smoothing: 0.5 }).slice(5);
  expect(smooth.map(({ role, band }) => [role, band !== undefined])).toEqual([
    ['raw', true],
    ['raw', true],
    ['main', false],
    ['main', false],
  ]);
  // (0.5·0.5·11 + 0.5·42) / 0.75
  expect(smooth[2]?.values[1]).toBeCloseTo(31.666666666666668, 10);
});

it('draws steps within epochs of a run alone', () => {
  const steps = { at: [0.5, 1], loss: [2, 1.5], learningRate: [0.1, 0.2], imagesPerSecond: [90, 110] };
  const run = shownRun({ epochs: epochsOf(10, 20), steps });
  const linesFor = (id: string, parts: readonly ('test' | 'train')[]) =>
    linesOf({ kind: kindOf(id), runs: [run], recipes: undefined, parts, smoothing: 0 });
  expect(linesFor('loss', ['test', 'train'])[0]).toMatchObject({ role: 'steps', epochs: [0.5, 1], values: [2, 1.5] });
  // Steps are of training.
  expect(linesFor('loss', ['test']).map(({ role }) => role)).toEqual(['main']);
  expect(linesFor('learningRate', [])[0]).toMatchObject({ role: 'steps', values: [0.1, 0.2] });
  expect(linesFor('accuracy', ['train']).map(({ role }) => role)).toEqual(['main']);
  // Before the first step there is no learning rate.
  expect(seriesOf(run.curve, 'learningRate', 'test')).toEqual({ epochs: [1], values: [0.1] });
});

it('has charts of what was computed, besides the metrics', () => {
  const more = Object.fromEntries(
    ['faithfulness:deletion', 'drift', 'perturbed:noise', 'accuracy', 'trainLoss', 'unheardOf:x'].map((id) => [
      id,
      { epochs: [0], values: [0.5] },
    ]),
  );
  expect(chartKinds([{ more: {} }, { more }]).map(({ id }) => id)).toEqual([
    ...['accuracy', 'loss', 'learningRate', 'imagesPerSecond', 'perturbed:noise', 'drift', 'faithfulness:deletion'],
  ]);
});

it('leaves out of a logarithmic axis what it has no place for', () => {
  const colours = { text: '', muted: '', lines: '', background: '', border: '', font: '' };
  const lines = linesOf({
    ...{ kind: kindOf('loss'), runs: [shownRun({ epochs: epochsOf(10, 20, 30) })], recipes: undefined },
    ...{ parts: ['test'], smoothing: 0 },
  });
  const values = lines.map((line) => ({ ...line, values: [2, 0, 0.5] }));
  const chart = (x: boolean, y: boolean) =>
    chartContent({ kind: kindOf('loss'), lines: values, lastEpoch: 8, logarithmic: { x, y }, zoomed: false, colours });
  const seriesIn = ({ option }: ReturnType<typeof chart>) => (option['series'] as { data: unknown }[])[0]?.data;
  expect(seriesIn(chart(false, true))).toEqual([
    [0, 2],
    [1, null],
    [2, 0.5],
  ]);
  expect(chart(false, true).option['yAxis']).toMatchObject({ type: 'log', logBase: 2, min: 0.5, max: 2 });
  expect(seriesIn(chart(true, false))).toEqual([
    [1, 0],
    [2, 0.5],
  ]);
  expect(chart(true, false).option['xAxis']).toMatchObject({ type: 'log', min: 1, max: 8 });
  expect(chart(true, false).epochs).toEqual([1, 2]);
  expect(chart(false, false).pointAt(2)).toEqual({ seriesIndex: 0, dataIndex: 2 });
  expect(chart(false, false).pointAt(7)).toBeUndefined();
});

it('exports means with their intervals, and the values of runs', () => {
  const recipes = recipesOfShown(runs.slice(0, 2), new Map());
  const rows = bandCsv(recipes, [kindOf('accuracy')], ['test']).split('\r\n');
  expect(rows[0]).toBe('study,recipe,run,seed,measure,set,epoch,value,mean,low,high,n');
  // t(0.975, 1) = 12.706204736432095; of 10 and 12 the standard error is 1.
  const mean = rows[1]?.split(',') ?? [];
  expect(mean.slice(0, 9)).toEqual(['s', 'cutout', '', '', 'accuracy', 'test', '0', '', '11']);
  expect(mean.slice(9).map(Number)).toEqual([0, expect.closeTo(23.706204736432095, 9), 2]);
  expect(rows[3]).toBe('s,cutout,1,1,accuracy,test,0,10,,,,');
  expect(rows).toHaveLength(8);
});

it('zooms by keys, and not beyond the axis', () => {
  const whole = { from: 0, to: 8 };
  expect(zoomedByKey('+', whole, whole, undefined)).toEqual({ from: 2, to: 6 });
  expect(zoomedByKey('+', whole, whole, 8)).toEqual({ from: 4, to: 8 });
  expect(zoomedByKey('-', { from: 4, to: 6 }, whole, undefined)).toEqual({ from: 3, to: 7 });
  expect(zoomedByKey('-', { from: 2, to: 6 }, whole, undefined)).toBeUndefined();
  expect(zoomedByKey('0', { from: 2, to: 6 }, whole, undefined)).toBeUndefined();
  expect(zoomedByKey('x', whole, whole, undefined)).toBe('none');
});

it('takes what an earlier version kept, and refuses what is none', () => {
  expect(parseSavedState({ runs: ['/a'], parts: ['test'], logarithmic: true })).toEqual({
    ...{ runs: ['/a'], parts: ['test'], logarithmic: true, logarithmicEpochs: false },
    ...{ charts: ['accuracy', 'loss'], by: 'run', smoothing: 0 },
  });
  expect(parseSavedState({ smoothing: 7 })).toMatchObject({ smoothing: 0, parts: ['test', 'validation', 'train'] });
});
