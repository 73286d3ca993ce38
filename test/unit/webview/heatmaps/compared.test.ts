import { describe, expect, it } from 'vitest';
import type { ExplainStart } from '../../../../src/protocol/engine';
import type { RunView } from '../../../../src/protocol/panelView';
import { explanationKey } from '../../../../webview/common/explanation';
import { createResults, type Results } from '../../../../webview/common/heat/results';
import { missingTarget } from '../../../../webview/heat/wantedClass';
import {
  comparedText,
  differenceAt,
  subtractedText,
  wantedClassesOf,
  wantedEpochs,
} from '../../../../webview/heatmaps/compared';
import { csvOf } from '../../../../webview/heatmaps/csv';
import { completenessGap, gapText } from '../../../../webview/heatmaps/gap';
import { createHeatmapsState, rowName } from '../../../../webview/heatmaps/heatmapsState';
import { DEFAULT_SETTINGS, type Settings } from '../../../../webview/heatmaps/settings';
import { rowRange, shownCell } from '../../../../webview/heatmaps/shownCell';

const checkpoint = (epoch: number) => {
  return { epoch, testAccuracy: 50, name: `Epoch ${epoch}`, weights: 'trained' };
};
const view = {
  kind: 'run',
  run: 'r',
  classNames: ['cat', 'dog', 'ring'],
  inputSize: 2,
  layers: [{ name: 'last', channels: 8, height: 1, width: 1, aliases: [], tokens: null, closedForm: true }],
  ...{ studyLayer: 'last', studyMethod: 'integrated_gradients', studyParameters: {}, studyEpochs: null },
  checkpoints: [checkpoint(0), checkpoint(3)],
  images: [{ kind: 'set', set: 'test', index: 4 }],
} as unknown as RunView;
const INPUT = { method: 'integrated_gradients', parameters: { steps: 50, baseline: 'black' }, layer: 'input' };
const GRAD_CAM = { method: 'gradcam', parameters: {}, layer: 'last' };

const picture = { height: 2, width: 2, pixels: new Uint8Array(12) };
const start = (id: string, name: string, side: number): ExplainStart => ({
  kind: 'start',
  images: [{ usable: true, name: 'test:4', label: 1, picture }],
  classNames: [...view.classNames],
  method: { id, name: id, sameAs: [], passes: { forward: 1, backward: 0 }, isOfOneClass: side === 2 },
  layer: { name, height: side, width: side },
});

/** The prediction is cat, the label dog. */
function resultsOf() {
  const all = new Map<string, Results>();
  const by = (key: string): Results => {
    const known = all.get(key) ?? createResults();
    all.set(key, known);
    return known;
  };
  const logits = Float32Array.of(3, 2, 1);
  const input = by(explanationKey(INPUT));
  input.takeStart(start('integrated_gradients', 'input', 2), ['test:4']);
  const take = (epoch: number, target: number, ...values: number[]): void => {
    const sums = { targets: [target], expectedSums: [2] };
    const maps = Float32Array.from(values);
    input.takeMaps({ kind: 'maps', epoch, images: [0], logits, maps, ...sums, done: 1, of: 1 }, ['test:4']);
  };
  const layer = by(explanationKey(GRAD_CAM));
  layer.takeStart(start('gradcam', 'last', 1), ['test:4']);
  layer.takeMaps({ kind: 'maps', epoch: 0, images: [0], logits, maps: Float32Array.of(5, 0, 1), done: 1, of: 1 }, [
    'test:4',
  ]);
  return { by, take, input };
}

const stateOf = (results: ReturnType<typeof resultsOf>, settings: Partial<Settings> = {}) =>
  createHeatmapsState(
    view,
    { ...DEFAULT_SETTINGS, ...settings },
    { results: results.by, version: 0, other: undefined },
  );
const PLACE = { image: 'test:4', method: 0, epoch: 0 };

describe('maps of one class at a time', () => {
  it('are asked for by class, keep what is there, and nothing fails where one is missing', () => {
    const results = resultsOf();
    const missing = (wanted: Parameters<typeof missingTarget>[1]) =>
      missingTarget(results.input, wanted, view.images, [0, 3]);
    expect(missing('predicted')).toEqual({ target: 'predicted', epochs: [0, 3], images: view.images });
    results.take(0, 0, 1, -2, 0, 0);
    expect(missing('predicted')).toMatchObject({ target: 'predicted', epochs: [3] });
    results.take(3, 0, 0, 0, 0, 4);
    expect(missing('predicted')).toBeUndefined();
    expect(missing('other')).toMatchObject({ target: 1, epochs: [0, 3] });
    expect(missing(2)).toMatchObject({ target: 2, epochs: [0, 3] });
    const shown = shownCell(stateOf(results, { target: 2 }), PLACE);
    expect([shown?.target, shown?.result.predicted, shown?.heat]).toEqual([2, 0, undefined]);
    expect(rowRange(stateOf(results, { target: 2 }), PLACE)).toBeUndefined();
    results.take(0, 2, 0, 0, 0, 1);
    expect(shownCell(stateOf(results), PLACE)?.heat?.range).toEqual({ minimum: -2, maximum: 2 });
    expect(shownCell(stateOf(results, { target: 2 }), PLACE)?.heat?.map.values[3]).toBe(1);
  });

  it('say how far their sum is from what it should be', () => {
    const results = resultsOf();
    results.take(0, 0, 1, -2, 0, 4);
    const heat = shownCell(stateOf(results), PLACE)?.heat;
    expect(heat && completenessGap(heat)).toEqual({ gap: 1, share: 0.5 });
    expect(gapText(heat)).toBe('1, 50.00 % of 2');
    expect(
      gapText(shownCell(stateOf(results, { methods: [{ id: 'gradcam', parameters: {} }] }), PLACE)?.heat),
    ).toBeUndefined();
  });
});

describe('differences', () => {
  it('of two classes: each map by its own range, or as it is', () => {
    const results = resultsOf();
    results.take(0, 0, 1, -2, 0, 0);
    const compared = { with: 'class', target: 'other' } as const;
    expect(differenceAt(stateOf(results, { compared }), PLACE)).toBeUndefined();
    results.take(0, 1, 0, 0, 0, 1);
    const state = stateOf(results, { compared });
    const values = (scaled: 'own' | 'raw') => [
      ...(differenceAt({ ...state, settings: { ...state.settings, scaled } }, PLACE)?.map.values as Float32Array),
    ];
    expect(values('own')).toEqual([0.5, -1, 0, -1]);
    expect(values('raw')).toEqual([1, -2, 0, -1]);
    expect(subtractedText(state, PLACE)).toBe('dog');
    expect(wantedClassesOf(state)).toEqual(['predicted', 'other']);
    expect(wantedClassesOf(stateOf(results, { compared, target: 2 }))).toEqual([2, 'other', 'predicted']);
  });

  it('of two methods: the coarser is enlarged, after it was scaled', () => {
    const results = resultsOf();
    results.take(0, 0, 1, -2, 0, 0);
    const compared = { with: 'method', method: { id: 'gradcam', parameters: {} } } as const;
    const state = stateOf(results, { compared, scaled: 'raw' });
    // A map of one position is flat.
    expect([...(differenceAt(state, PLACE)?.map.values as Float32Array)]).toEqual([0.5, -1, 0, 0]);
    expect(comparedText(state)).toBe('Integrated Gradients less Grad-CAM; each map divided by its own range first');
  });

  it('of two checkpoints: from the one before, or a fixed one, which is asked for, too', () => {
    const results = resultsOf();
    results.take(0, 0, 1, 0, 0, 0);
    results.take(3, 0, 0, 0, 0, 4);
    const before = stateOf(results, { compared: { with: 'epoch', epoch: 'before' }, epochs: [3] });
    expect(wantedEpochs(before)).toEqual([0, 3]);
    expect([...(differenceAt(before, { ...PLACE, epoch: 3 })?.map.values as Float32Array)]).toEqual([-1, 0, 0, 1]);
    expect(differenceAt(before, PLACE)).toBeUndefined();
    const fixed = stateOf(results, { compared: { with: 'epoch', epoch: 3 } });
    expect(differenceAt(fixed, { ...PLACE, epoch: 3 })?.flat).toBe(true);
  });
});

describe('the table', () => {
  it('has a row for each class that there is, by every method, and of differences what was taken', () => {
    const results = resultsOf();
    results.take(0, 0, 1, -2, 0, 0);
    const methods = ['integrated_gradients', 'gradcam'].map((id) => ({ id, parameters: {} }));
    const lines = csvOf(stateOf(results, { methods })).trimEnd().split('\n');
    expect(lines[0]).toMatch(/,method,parameters,expected_sum,less,scaled,r0c0,r0c1,r1c0,r1c1$/);
    expect(lines).toHaveLength(1 + 1 + 3);
    expect(lines[1]).toMatch(/,input,2,2,integrated_gradients,steps=50 baseline=black,2,,,1,-2,0,0$/);
    expect(lines[2]).toMatch(/,last,1,1,gradcam,,,,,5,,,$/);
    results.take(0, 1, 0, 0, 0, 1);
    const less = csvOf(stateOf(results, { compared: { with: 'class', target: 'other' } }))
      .trimEnd()
      .split('\n');
    expect(less).toHaveLength(2);
    expect(less[1]).toMatch(/,,dog,own,0\.5,-1,0,-1$/);
  });
});

describe('another run', () => {
  const other = {
    run: 'other',
    name: 'seed 2',
    shownName: 'seed 1',
    epochs: [0],
    layers: ['last'],
    defaultLayer: 'last',
    sameNetwork: true,
  };
  const key = explanationKey({ ...INPUT, of: other });
  const withOther = (results: ReturnType<typeof resultsOf>, beside: boolean) =>
    createHeatmapsState(
      view,
      { ...DEFAULT_SETTINGS, scaled: 'raw', compared: { with: 'run', run: 'other', beside } },
      { results: results.by, version: 0, other },
    );
  const both = () => {
    const results = resultsOf();
    results.take(0, 0, 1, 2, 3, 4);
    const ofOther = results.by(key);
    ofOther.takeStart(start('integrated_gradients', 'input', 2), ['test:4']);
    // The other run predicts dog.
    const logits = Float32Array.of(2, 3, 1);
    const maps = Float32Array.of(1, 1, 1, 1);
    ofOther.takeMaps(
      { kind: 'maps', epoch: 0, images: [0], logits, maps, targets: [1], expectedSums: [2], done: 1, of: 1 },
      ['test:4'],
    );
    return results;
  };

  it('has rows of its own, below those of the same image, and nothing is taken from any', () => {
    const state = withOther(both(), true);
    expect(state.rows).toEqual([
      { image: 'test:4', method: 0 },
      { image: 'test:4', method: 1 },
    ]);
    expect(state.rows.map((row) => rowName(state, row).split(', ').at(-1))).toEqual(['seed 1', 'seed 2']);
    expect(comparedText(state)).toBeUndefined();
    expect(shownCell(state, { ...PLACE, method: 1 })).toMatchObject({ target: 1 });
    expect(Array.from(shownCell(state, { ...PLACE, method: 1 })?.heat?.map.values ?? [])).toEqual([1, 1, 1, 1]);
    expect(Array.from(shownCell(state, PLACE)?.heat?.map.values ?? [])).toEqual([1, 2, 3, 4]);
  });

  it('is taken away where differences are shown, of each run the class that it predicts', () => {
    const state = withOther(both(), false);
    expect(state.rows).toHaveLength(1);
    expect(Array.from(differenceAt(state, PLACE)?.map.values ?? [])).toEqual([0, 1, 2, 3]);
    expect(subtractedText(state, PLACE)).toBe('seed 2');
  });

  it('shows nothing at a checkpoint that the other run does not have', () => {
    expect(differenceAt(withOther(both(), false), { ...PLACE, epoch: 3 })).toBeUndefined();
  });

  it('is asked for by its own folder, at its own checkpoints', () => {
    const state = withOther(resultsOf(), true);
    expect(state.explanations.map(({ of }) => of?.run)).toEqual([undefined, 'other']);
    expect(state.explanations[1]?.key).toBe(key);
  });

  it('of another network is explained at its usual layer', () => {
    const gradCam = { id: 'gradcam', parameters: {} };
    const state = createHeatmapsState(
      view,
      { ...DEFAULT_SETTINGS, methods: [gradCam], compared: { with: 'run', run: 'other', beside: true } },
      {
        results: resultsOf().by,
        version: 0,
        other: { ...other, layers: ['features'], defaultLayer: 'features', sameNetwork: false },
      },
    );
    expect(state.explanations.map(({ layer }) => layer)).toEqual(['last', 'features']);
  });
});
