import { describe, expect, it } from 'vitest';
import type { RunView } from '../../../../src/protocol/panelView';
import { differenceOf } from '../../../../webview/common/heat/difference';
import { cellResult, otherClass, type ClassHeat } from '../../../../webview/common/heat/results';
import { compare } from '../../../../webview/misclassified/compare';
import { csvOf } from '../../../../webview/misclassified/csv';
import { fateSentence } from '../../../../webview/misclassified/fateText';
import { searchText, titleOf } from '../../../../webview/misclassified/headingText';
import { cellText, moved } from '../../../../webview/misclassified/matrixKeys';
import { createCounter, searchOf, type Known } from '../../../../webview/misclassified/misclassifiedState';
import { DEFAULT_CHOICE, parseSavedState } from '../../../../webview/misclassified/savedState';
import { rowLayout } from '../../../../webview/misclassified/rowLayout';
import { stripText } from '../../../../webview/misclassified/stripText';

const view: RunView = {
  kind: 'run',
  source: { studyFile: '/w/s.epochlens.json', run: null, images: { of: 'study' }, follows: false },
  ...{
    studyName: 's',
    name: 's',
    run: '/w/run',
    runs: [],
    training: false,
    otherSettings: null,
    classNames: ['cat', 'dog', 'ring'],
  },
  checkpoints: [0, 1, 2].map((epoch) => ({
    epoch,
    testAccuracy: null,
    claimedAccuracy: null,
    measurable: false,
    weights: epoch === 0 ? 'untrained' : 'trained',
    name: `Epoch ${epoch}`,
  })),
  ...{
    studyEpochs: null,
    layers: [{ name: 'last', channels: 8, height: 2, width: 2, aliases: [], tokens: null, closedForm: true }],
    defaultLayer: 'last',
    studyLayer: 'last',
    studyMethod: 'gradcam',
    studyParameters: {},
    inputSize: 32,
    images: [],
    seed: 5,
    title: 'A panel',
    appearance: { opacity: 0.55, colourMap: 'viridis', scale: 'image' },
    trusted: true,
  },
};
const known: Known = {
  labels: Uint8Array.of(0, 0, 1, 2),
  epochs: [
    { epoch: 0, predictions: Uint8Array.of(0, 2, 2, 2) },
    { epoch: 1, predictions: Uint8Array.of(0, 1, 1, 0) },
    { epoch: 2, predictions: Uint8Array.of(0, 0, 2, 0) },
  ],
};
const count = createCounter();
const imagesOf = (choice: Partial<typeof DEFAULT_CHOICE>, of: Known | undefined = known): number[] =>
  count(view, { ...DEFAULT_CHOICE, ...choice }, of).items.map(({ image }) => image);

describe('model', () => {
  it('lists what the last checkpoint gets wrong, or the chosen one', () => {
    expect(imagesOf({})).toEqual([2, 3]);
    expect(imagesOf({ epoch: 1 })).toEqual([1, 3]);
    expect(imagesOf({ epoch: 77 })).toEqual([2, 3]);
  });

  it('lists a cell, all, and those of one fate', () => {
    expect(imagesOf({ scope: { label: 1, predicted: 2 } })).toEqual([2]);
    expect(imagesOf({ scope: 'all' })).toEqual([0, 1, 2, 3]);
    // The untrained checkpoint does not count: it got image 3 right by chance, which is never learned.
    expect(imagesOf({ scope: 'all', fate: 'never' })).toEqual([3]);
    expect(imagesOf({ scope: 'all', fate: 'forgotten' })).toEqual([2]);
    expect(imagesOf({ scope: 'all', fate: 'always' })).toEqual([0]);
  });

  it('puts what was forgotten, or learned late, first', () => {
    expect(imagesOf({ scope: 'all', order: 'forgotten' })).toEqual([2, 0, 1, 3]);
    expect(imagesOf({ scope: 'all', order: 'learnedLate' })).toEqual([1, 0, 2, 3]);
  });

  it('knows no fates until every checkpoint has been asked', () => {
    const some = { ...known, epochs: known.epochs.slice(1) };
    const model = count(view, { ...DEFAULT_CHOICE, scope: 'all', fate: 'never' }, some);
    expect(model.fates).toBeUndefined();
    expect(model.nothing).toBe('Waiting for the predictions…');
    expect(count(view, DEFAULT_CHOICE, undefined).nothing).toBe('Waiting for the predictions…');
  });

  it('searches with the study’s checkpoints alone, by its seed', () => {
    const search = searchOf(view, known);
    expect(search.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(imagesOf({ scope: 'search' })).toEqual(search.map(({ found }) => found?.image));
    expect(
      searchText(
        [
          { epoch: 1, found: { image: 3, lookedAt: 1 } },
          { epoch: 2, found: null },
        ],
        5,
      ),
    ).toBe(
      'The test set, shuffled by the study’s seed 5, gone through until a checkpoint errs: epoch 1 after 1 image, epoch 2 errs about none.',
    );
  });

  it('says what the list is of', () => {
    const title = (choice: Partial<typeof DEFAULT_CHOICE>) =>
      titleOf(count(view, { ...DEFAULT_CHOICE, ...choice }, known));
    expect(title({})).toBe('All wrong: 2 images');
    expect(title({ scope: { label: 1, predicted: 2 } })).toBe('dog taken for ring: 1 image');
    expect(title({ scope: { label: 0, predicted: 0 } })).toBe('cat, right: 2 images');
    expect(title({ scope: 'all', fate: 'never' })).toBe('Never right: 1 image');
  });

  it('writes a line an image', () => {
    const lines = csvOf(count(view, DEFAULT_CHOICE, known)).split('\n');
    expect(lines).toEqual([
      'image,label,shown_epoch,predicted_epoch_0,predicted_epoch_1,predicted_epoch_2,fate,right_from_epoch,forgetting_events,looked_at',
      'test:2,dog,2,ring,dog,ring,forgotten,,1,',
      'test:3,ring,2,ring,cat,cat,never,,0,',
      '',
    ]);
  });
});

describe('compare', () => {
  // Three classes of 1×2 maps.
  const logits = Float32Array.of(3, 2, 1);
  const maps = [Float32Array.of(0, 4), Float32Array.of(1, 2), Float32Array.of(0, 0)];
  const result = cellResult({ logits, classes: [0, 1, 2], maps, height: 1, width: 2 }, false);

  it('sets the prediction beside the label, or beside the runner-up where it is right', () => {
    expect(otherClass(result, 2)).toBe(2);
    expect(otherClass(result, 0)).toBe(1);
  });

  it('takes the difference on the scale of both', () => {
    const compared = compare(result, 1, 'row', undefined);
    const difference = compared?.difference;
    expect(compared?.scale).toEqual({ minimum: 0, maximum: 4 });
    expect([...(difference?.map.values as Float32Array)]).toEqual([-1, 2]);
    expect(difference).toMatchObject({ limit: 4, most: 2 });
  });

  it('takes it in shares where each map has its own scale, and of a flat map as none', () => {
    expect([...(compare(result, 1, 'image', undefined)?.difference.map.values as Float32Array)]).toEqual([0, 0]);
    const [flat, other] = [2, 0].map((target) => result.heat(target)) as [ClassHeat, ClassHeat];
    expect([...(differenceOf(other, flat, undefined).map.values as Float32Array)]).toEqual([0, 1]);
  });
});

describe('compare, by a method that maps one class at a time', () => {
  const logits = Float32Array.of(3, 2, 1);
  const ofClass = (target: number, ...values: number[]) => {
    return { logits, classes: [target], maps: [Float32Array.from(values)], height: 1, width: 2 };
  };

  it('waits for the other class, and then takes signed maps on a scale around nought', () => {
    const first = cellResult(ofClass(0, -1, 3), true);
    expect(compare(first, 1, 'row', undefined)).toBeUndefined();
    const both = compare(cellResult(ofClass(1, 1, 1), true, first), 1, 'row', undefined);
    expect(both?.scale).toEqual({ minimum: -3, maximum: 3 });
    expect([...(both?.difference.map.values as Float32Array)]).toEqual([-2, 2]);
  });
});

describe('words', () => {
  it('of a strip', () => {
    const marks = (text: string) => Array.from(text).map((mark, epoch) => ({ epoch, right: mark === '✓' }));
    expect(stripText(marks('✗✗✓✓✓✗✓'))).toBe('Right at epochs 2 to 4, 6; wrong at 0 to 1, 5');
    expect(stripText(marks('✓'))).toBe('Right at epochs 0');
    expect(stripText(marks('✗✗'))).toBe('Wrong at epochs 0 to 1');
    // Neighbours in the list, whatever lies between.
    expect(
      stripText([
        { epoch: 3, right: true },
        { epoch: 20, right: true },
      ]),
    ).toBe('Right at epochs 3 to 20');
  });

  it('of fates and cells', () => {
    expect(fateSentence({ fate: 'unsettled', rightFrom: 9, forgettingEvents: 2 })).toBe(
      'Forgotten twice, right from epoch 9',
    );
    expect(fateSentence({ fate: 'learned', rightFrom: 3, forgettingEvents: 0 })).toBe('Learned at epoch 3');
    expect(cellText(['cat', 'dog'], { label: 0, predicted: 1 }, 1)).toBe('cat taken for dog: 1 image');
  });
});

it('the keys move within the matrix', () => {
  const at = (key: string) => {
    const cell = moved(key, { label: 1, predicted: 2 }, 3);
    return cell && [cell.label, cell.predicted];
  };
  expect(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'x'].map(at)).toEqual([
    [0, 2],
    [2, 2],
    [1, 1],
    [1, 2],
    [1, 0],
    [1, 2],
    undefined,
  ]);
});

it('a row has its text beside the pictures, or below them where there is little room', () => {
  expect(rowLayout(1000, 112)).toEqual({ cell: 112, rowHeight: 150, narrow: false, small: false });
  expect(rowLayout(1400, 256)).toEqual({ cell: 256, rowHeight: 294, narrow: false, small: false });
  // As large as fits, in four columns.
  expect(rowLayout(500, 256)).toEqual({ cell: 112, rowHeight: 276, narrow: true, small: false });
  expect(rowLayout(0, 112)).toMatchObject({ cell: 40, narrow: true, small: true });
});

it('a state that is not understood is a new one, and one of an earlier version is read', () => {
  expect(parseSavedState({ choice: 7 }).choice).toEqual(DEFAULT_CHOICE);
  const state = {
    source: view.source,
    choice: { ...DEFAULT_CHOICE, scope: 'all' },
    look: { opacity: 0.4 },
    top: 4,
  };
  expect(parseSavedState(state)).toEqual(state);
  const earlier = { ...state, choice: { ...state.choice, look: { opacity: 0.4 } }, look: undefined };
  expect(parseSavedState(earlier)).toEqual({ ...state, look: {} });
});
