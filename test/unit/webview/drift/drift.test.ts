import { describe, expect, it } from 'vitest';
import type { Attention, AttentionImage } from '../../../../src/protocol/engine';
import { estimateOf, fewOf } from '../../statistics/samples';
import { csvOf } from '../../../../webview/drift/csv';
import { curvesOf, drawnValue, estimateText, MEASURES } from '../../../../webview/drift/measures';
import { oneClassText, randomisationText, settledHeading, settledText } from '../../../../webview/drift/sentences';
import { fittingEpochs } from '../../../../webview/drift/fitting';
import { DEFAULT_CHOICE, parseSavedState } from '../../../../webview/drift/savedState';
import { sortedImages, sortValue } from '../../../../webview/drift/sorting';

const estimate = (mean: number) => estimateOf(mean, 0.1);
const movement = (value: number | null) => ({ spearman: value, topOverlap: value, centreShift: value });
const means = (value: number, compared = 20) => ({
  spearman: estimate(value),
  topOverlap: null,
  centreShift: null,
  compared,
  of: 20,
});

function imageOf(index: number, settled: number | null, ...correlations: (number | null)[]): AttentionImage {
  const points = correlations.map((value, epoch) => {
    const moved = { fromPrevious: epoch === 0 ? null : movement(value), fromLast: movement(value) };
    return {
      epoch,
      ...moved,
      fixed: { lastPrediction: { fromPrevious: moved.fromPrevious, fromLast: movement(0.75) }, label: null },
      centre: null,
      entropy: value,
      inMask: null,
      predicted: epoch,
    };
  });
  const picture = { height: 1, width: 1, pixels: new Uint8Array(3) };
  return {
    image: { usable: true, name: `test:${index}`, label: 0, picture },
    points,
    settled,
    settledFixed: { lastPrediction: 0, label: null },
  };
}

const attention: Attention = {
  epochs: [0, 1].map((epoch) => ({
    epoch,
    fromPrevious: epoch === 0 ? null : means(0.5),
    fromLast: means(epoch === 0 ? 0.25 : 1),
    fixed: { lastPrediction: { fromPrevious: epoch === 0 ? null : means(0.75), fromLast: means(0.875) }, label: null },
    changed: { fromPrevious: epoch === 0 ? null : 7, fromLast: epoch === 0 ? 7 : 0 },
    entropy: estimate(0.5),
    inMask: null,
    flat: 0,
  })),
  settling: {
    target: { kind: 'moving', spearman: 0.25, images: 2 },
    lastPrediction: { kind: 'settled', epoch: 0, checkpoints: 2, spearman: 0.9, images: 2, undecided: null },
    label: null,
  },
  maskArea: null,
  randomisation: means(0.2),
  target: 'predicted',
  classNames: ['cat', 'dog, "big"'],
  method: { id: 'gradcam', name: 'Grad-CAM', sameAs: [], passes: { forward: 1, backward: 0 }, isOfOneClass: false },
  layer: { name: 'last', height: 4, width: 4 },
  images: [imageOf(3, 1, 0.2, 1), imageOf(4, null, null, 0.4), imageOf(5, 0, 0.9, 0.7)],
};

describe('sorting', () => {
  const sorted = (key: Parameters<typeof sortValue>[1], descending = false) =>
    sortedImages(attention.images, { key, descending });

  it('goes by what was measured, what is not known last', () => {
    expect(sorted('image')).toEqual([0, 1, 2]);
    expect(sorted('image', true)).toEqual([2, 1, 0]);
    expect(sorted('alike')).toEqual([0, 2, 1]);
    expect(sorted('alike', true)).toEqual([2, 0, 1]);
    expect(sorted('entropy')).toEqual([1, 2, 0]);
    // Where only the last map is like itself, it settled at the last epoch.
    expect(attention.images.map((image) => sortValue(image, 'settled'))).toEqual([1, 1, 0]);
  });
});

describe('sentences', () => {
  it('name the epoch at which focus settles', () => {
    expect(settledHeading(attention)).toBe('Focus does not settle before epoch 1');
    expect(
      settledHeading({ ...attention, settling: { ...attention.settling, target: attention.settling.lastPrediction } }),
    ).toBe('Focus settles at epoch 0');
    expect(settledText(attention, [0, 1])).toBe(
      'Focus does not settle before epoch 1: at epoch 0, the checkpoint looked at before it, the mean rank correlation with the heatmaps of epoch 1 is below 0.8 (0.250 over 2 images). Of 3 images, 2 settled before the last epoch.',
    );
    const flat = { ...attention, images: [imageOf(3, 1, 0.2, 1), imageOf(4, null, 0.3, null)] };
    expect(settledText(flat, [0, 1])).toMatch(
      /Of 2 images, 1 settled before the last epoch\. Of 1 the last heatmap is flat: of these nothing is known\.$/,
    );
  });

  it('tell a movement of attention from a change of prediction', () => {
    expect(oneClassText(attention, [0, 1])).toBe(
      'Between epochs 0 and 1 the prediction of 7 of 20 images changes, and with it the class whose heatmap is compared. Focus on the class predicted last settles at epoch 0: at both checkpoints looked at from there on the mean rank correlation with the heatmaps of epoch 1 is at least 0.8 (0.900 over 2 images at epoch 0).',
    );
    expect(oneClassText({ ...attention, target: 'label' }, [0, 1])).toBe('');
  });

  it('say what the randomisation check means', () => {
    const started = (weights: 'untrained' | 'beforeTraining' | 'trained') => [{ epoch: 0, weights }];
    const random = started('untrained');
    expect(randomisationText(attention, random)).toMatch(/correlate 0\.20 \(0\.10 to 0\.30, n = 30\)\. They differ/);
    expect(randomisationText({ ...attention, randomisation: means(0.9) }, random)).toMatch(/They are alike although/);
    expect(randomisationText({ ...attention, randomisation: means(0.45) }, random)).toMatch(
      /cannot be told from chance/,
    );
    expect(randomisationText({ ...attention, randomisation: means(0.2, 1) }, random)).toMatch(
      /, which rests on 1 of 20 images, too few to say anything by\.$/,
    );
    const flat = { ...means(0.2, 0), spearman: null };
    expect(randomisationText({ ...attention, randomisation: flat }, random)).toMatch(
      /and at epoch 1, cannot be compared: of each image one of the two is flat\.$/,
    );
    const none = { ...attention, randomisation: null };
    expect(randomisationText(none, started('beforeTraining'))).toMatch(/Epoch 0 did not begin with random weights/);
    expect(randomisationText(none, started('trained'))).toMatch(/No checkpoint here is known to be untrained/);
    expect(randomisationText({ ...none, epochs: attention.epochs.slice(1) }, random)).toMatch(/No checkpoint here/);
  });

  it('give an estimate with its interval', () => {
    expect(estimateText(estimateOf(-0.125, 0.375))).toBe('−0.13 (−0.50 to 0.25, n = 30)');
    expect(estimateText(fewOf(0.5))).toBe('0.50 (n = 3, no interval below 25 images)');
    expect(estimateText(null)).toBe('–');
  });
});

describe('a chart', () => {
  const [spearman, , , entropy] = MEASURES;

  it('has curves of one class beside those of what each checkpoint predicts, and none beside the label’s', () => {
    const values = curvesOf(spearman!, attention).map((curve) => drawnValue(curve, attention.epochs[1]!)?.mean);
    expect(values).toEqual([1, 0.5, 0.875, 0.75]);
    expect(curvesOf(spearman!, { target: 'label' })).toHaveLength(2);
    expect(curvesOf(entropy!, attention)).toHaveLength(1);
  });

  it('draws no mean that rests on too few images', () => {
    const [curve] = curvesOf(spearman!, attention);
    const point = attention.epochs[0]!;
    expect(drawnValue(curve!, { ...point, fromLast: means(0.25, 1) })).toBeNull();
    expect(drawnValue(curve!, { ...point, fromLast: means(0.25, 10) })?.mean).toBe(0.25);
  });
});

it('csvOf has the means, then every image at every epoch', () => {
  const lines = csvOf(attention, new Map([[0, 10.5]]))
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(1 + 2 + 6);
  const [head, mean] = [lines[0]!.split(','), lines[1]!.split(',')];
  const at = (name: string) => mean[head.indexOf(name)];
  expect([
    at('image'),
    at('epoch'),
    at('test_accuracy'),
    at('spearman_last'),
    at('spearman_last_low'),
    at('spearman_last_n'),
  ]).toEqual(['mean', '0', '10.5', '0.25', '0.15', '30']);
  expect(lines[3]).toMatch(/^test:3,cat,0,10\.5,cat,1,,,,/);
  expect(lines[4]).toMatch(/^test:3,cat,1,,"dog, ""big""",1,1,,,/);
  expect([at('spearman_last_lastPrediction'), at('spearman_last_label')]).toEqual(['0.875', '']);
  expect([at('settled'), at('settled_lastPrediction'), at('predicted_otherwise_last')]).toEqual(['', '0', '7']);
  const changed = head.indexOf('predicted_otherwise_last');
  expect(lines.slice(3, 5).map((line) => line.split(',').at(changed - head.length))).toEqual(['1', '0']);
});

it('fittingEpochs keeps the first and the last, and spreads the others', () => {
  const epochs = Array.from({ length: 21 }, (_, epoch) => epoch);
  expect(fittingEpochs(epochs, 30)).toEqual(epochs);
  expect(fittingEpochs(epochs, 5)).toEqual([0, 5, 10, 15, 20]);
  expect(fittingEpochs(epochs, 1)).toEqual([20]);
});

it('a state that is not understood is a new one', () => {
  expect(parseSavedState(undefined).choice).toEqual(DEFAULT_CHOICE);
  expect(parseSavedState({ source: null, choice: { ...DEFAULT_CHOICE, images: 0 } }).choice).toEqual(DEFAULT_CHOICE);
  const state = { source: null, choice: { ...DEFAULT_CHOICE, images: 50, target: 'label' } };
  expect(parseSavedState(state)).toEqual(state);
});
