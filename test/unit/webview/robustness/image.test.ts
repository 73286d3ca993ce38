import { describe, expect, test } from 'vitest';
import type { PerturbedProgress } from '../../../../src/protocol/engine';
import type { RunView } from '../../../../src/protocol/panelView';
import type { ShownTests } from '../../../../src/protocol/robustnessPanel';
import { imageCsv } from '../../../../webview/robustness/image/csv';
import { createPerturbedStore, type PerturbedStore } from '../../../../webview/robustness/image/perturbedStore';
import { createPerturbedRequest, type Wanted } from '../../../../webview/robustness/image/perturbedRequest';
import { createImageState, scalesOf } from '../../../../webview/robustness/image/imageState';
import { cellText } from '../../../../webview/robustness/image/words';
import { createRobustnessState } from '../../../../webview/robustness/robustnessState';
import { parseSavedState } from '../../../../webview/robustness/savedState';

const picture = { height: 1, width: 1, pixels: new Uint8Array(3) };
const entry = { entry: 0, title: 'rotation −30…30°', kind: 'rotation', rounds: 2, expects: false };
const view: RunView = {
  kind: 'run',
  title: 'Robustness',
  appearance: { opacity: 0.55, colourMap: 'viridis', scale: 'image' },
  source: { studyFile: '/s', run: null, images: { of: 'study' }, follows: false },
  ...{
    studyName: 's',
    name: 's',
    run: '/r',
    runs: [],
    training: false,
    otherSettings: null,
    classNames: ['cat', 'dog'],
    trusted: true,
  },
  checkpoints: [
    { epoch: 3, testAccuracy: 70, claimedAccuracy: null, measurable: false, weights: 'trained', name: 'Epoch 3' },
  ],
  ...{
    studyEpochs: null,
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
const tests: ShownTests = { run: '/r', known: true, tests: [], outcomes: [], computing: false, problem: null };

const START: PerturbedProgress & { kind: 'start' } = {
  kind: 'start',
  images: [{ usable: true, name: 'test:3', label: 0, picture }],
  entries: [entry],
  classNames: ['cat', 'dog'],
  method: { id: 'gradcam', name: 'Grad-CAM', sameAs: [], passes: { forward: 1, backward: 0 }, isOfOneClass: false },
  layer: { name: 'block', height: 1, width: 2 },
};
const TURNED = { text: '−12.3°', parameters: { degrees: -12.34 } };
const CLEAN: PerturbedProgress & { kind: 'clean' } = {
  ...{ kind: 'clean', image: 0, epoch: 3 },
  ...{ probabilities: Float32Array.of(0.75, 0.25), predicted: 0, map: Float32Array.of(0, 2) },
};
const PERTURBED: PerturbedProgress & { kind: 'perturbed' } = {
  ...{ kind: 'perturbed', image: 0, entry: 0, round: 1, epoch: 3, done: 1, of: 2 },
  ...{ probabilities: Float32Array.of(0.25, 0.75), predicted: 1, map: Float32Array.of(4, 0) },
  similarity: { spearman: -1, pearson: -1, ssim: null, topOverlap: 0 },
  drop: { ofPrediction: 0.5, ofLabel: 0.5 },
};

/** A cat that is taken for a dog when it is turned. */
function answered(): PerturbedStore {
  const store = createPerturbedStore();
  const take = (message: PerturbedProgress): void => store.take(message, 'test:3');
  take(START);
  take({ kind: 'picture', image: 0, entry: 0, round: 1, picture, drawn: TURNED });
  take(CLEAN);
  take(PERTURBED);
  return store;
}

const stateOf = () => {
  const chosen = parseSavedState(undefined);
  return createImageState(createRobustnessState(view, tests, chosen), answered(), 'test:3', chosen);
};

test('the rows are the clean image and each round, and cells say what the model says', () => {
  const of = stateOf();
  expect(of.rows.map(({ key }) => key)).toEqual(['clean', '0 0', '0 1']);
  expect(cellText(of, of.rows[0]!, 3, false)).toBe(
    'clean, epoch 3: cat, 75.0 %, right. Its heat is spread over the whole picture.',
  );
  expect(cellText(of, of.rows[1]!, 3, true)).toBe('rotation −30…30°, round 1, epoch 3: being computed');
  expect(cellText(of, of.rows[2]!, 3, false)).toBe(
    'rotation −30…30°, round 2, epoch 3: dog, 75.0 %, wrong: it is cat. The prediction flips. Confidence falls by 0.5000. ' +
      'Heatmap beside the clean one: rank correlation −1.000, SSIM –, top-20 % overlap 0.000. ' +
      'Its heat is spread over the whole picture.',
  );
});

test('maps are compared on a shared scale, a row’s, or their own', () => {
  const of = stateOf();
  const scale = (kind: 'image' | 'row' | 'shared') => scalesOf(of, kind)(of.rows[0]!);
  expect(scale('shared')).toEqual({ minimum: 0, maximum: 4 });
  expect(scale('row')).toEqual({ minimum: 0, maximum: 2 });
  expect(scale('image')).toBeUndefined();
});

test('a line of CSV for each cell that is there, with probabilities and raw values', () => {
  const lines = imageCsv(stateOf()).trimEnd().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/,p_cat,p_dog,r0c0,r0c1$/);
  expect(lines[1]).toBe('test:3,cat,,clean,,,3,70,cat,0.75,,,,,,,block,1,2,0.75,0.25,0,2');
  expect(lines[2]).toBe(
    'test:3,cat,1,rotation −30…30°,2,-12.34,3,70,dog,0.75,0.5,0.5,-1,-1,,0,block,1,2,0.25,0.75,4,0',
  );
});

describe('the request', () => {
  const wanted: Wanted = {
    basis: 'a',
    explanation: { method: 'gradcam', parameters: {}, layer: 'auto' },
    image: { kind: 'set', set: 'test', index: 3 },
    epochs: [3],
    entries: null,
    rounds: 2,
  };
  /** An engine that answers for each epoch with the rounds that are asked for. */
  const engine = () => {
    const asked: { epochs: readonly number[]; rounds: number | undefined }[] = [];
    const store = createPerturbedStore();
    const request = createPerturbedRequest({
      ask: async ({ epochs, rounds = 0 }, { progress }) => {
        await Promise.resolve();
        asked.push({ epochs, rounds });
        progress({ ...START, entries: [{ ...entry, rounds: 5 }] });
        for (const epoch of epochs) {
          progress({ ...CLEAN, epoch });
          for (let round = 0; round < rounds; round++) progress({ ...PERTURBED, epoch, round });
        }
      },
      store,
      onResults: () => undefined,
    });
    const settle = async (next: Wanted): Promise<void> => {
      request.want(next);
      await new Promise((resolve) => setTimeout(resolve));
    };
    return { asked, request, settle };
  };

  test('asks for the checkpoints that lack results, and again of another study', async () => {
    const { asked, request, settle } = engine();
    for (const next of [wanted, { ...wanted, epochs: [3, 5] }, wanted, { ...wanted, basis: 'b' }]) await settle(next);
    expect(asked.map(({ epochs }) => epochs)).toEqual([[3], [5], [3]]);
    expect(request.state.value.kind).toBe('idle');
  });

  test('asks for more rounds, and not for fewer', async () => {
    const { asked, settle } = engine();
    for (const rounds of [2, 1, 3]) await settle({ ...wanted, rounds });
    expect(asked.map(({ rounds }) => rounds)).toEqual([2, 3]);
  });
});
