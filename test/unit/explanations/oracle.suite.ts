/** Maps of every explanation method against PyTorch's, for whichever engine is running. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  gradientMapsOfAllClasses,
  mapsOfAllClasses,
  mapsOfOneClass,
} from '../../../src/computations/heatmaps/classMaps';
import { explainedLayer, type Explained } from '../../../src/computations/heatmaps/explained';
import { explainOneClass } from '../../../src/computations/heatmaps/oneClass';
import { inMemory, loadTestImages } from '../../../src/datasets';
import { chooseMethod, METHODS, type ExplanationMethod } from '../../../src/explanations';
import { NO_PARAMETERS } from '../../../src/explanations/descriptions/description';
import { inputMethod } from '../../../src/explanations/method';
import { disposeWeights, loadWeights, type TensorWeights } from '../../../src/models/forward';
import { toInput } from '../../../src/models/input';
import { createModel, type Model } from '../../../src/models/model';
import { readCheckpoint } from '../../../src/weights/checkpoint';
import {
  referenceBatch,
  referenceModel,
  relativeError,
  type Reference,
  type ReferenceCase,
} from '../../referenceNumbers';
import { explainedNetwork, sharedFolder } from '../../shared';

interface Vendored extends Pick<ReferenceCase, 'architecture' | 'inputSize'>, Pick<Reference, 'mean' | 'std'> {
  readonly cases: readonly {
    readonly layer: string;
    readonly class: number;
    readonly method: string;
    readonly map: number[];
  }[];
}

/** Of the largest value. */
const TOLERANCE = 1e-3;

export function describeOracle(start: () => unknown): void {
  beforeAll(async () => {
    await start();
  });
  describe('EfficientNet-B0 at 64', describeVendored);
  // What a skipped suite does to define its tests is done.
  describe('a real ResNet (shared folder)', () =>
    shared === undefined ? it.skip('is not there') : describeReal(shared));
}

function describeVendored(): void {
  const path = new URL('../../fixtures/pytorch/explanations.json', import.meta.url);
  const vendored = JSON.parse(readFileSync(path, 'utf8')) as Vendored;
  const { model, weights } = referenceModel(vendored);
  const { tensors, images } = loaded(
    () => loadWeights(weights),
    () => referenceBatch(vendored, 1, vendored.inputSize),
  );
  it.each(vendored.cases)('$method at $layer of the class $class', ({ method, layer, class: target, map }) => {
    const explained = explain(model, chooseMethod(method).method, layer);
    const area = explained.targetLayer.height * explained.targetLayer.width;
    const all = tf.tidy(() => mapsOfAllClasses(explained, tensors(), images()).maps.dataSync());
    const one = tf.tidy(() => {
      return mapsOfOneClass(explained, tensors(), images(), tf.tensor1d([target], 'int32')).maps.dataSync();
    });
    expect(relativeError(all.slice(target * area, (target + 1) * area), map)).toBeLessThan(TOLERANCE);
    expect(relativeError(one, map)).toBeLessThan(TOLERANCE);
  });
}

const shared = sharedFolder();

interface Oracle {
  readonly mean: [number, number, number];
  readonly std: [number, number, number];
  /** Places in the test set, one after the other. */
  readonly images: number[];
  readonly predicted: number[];
  readonly logits: number[][];
  readonly layers: Record<string, { method: string; target: string; classes: number[]; maps: number[][] }[]>;
  readonly inputs: {
    readonly gradient: number[][];
    readonly integratedGradients: { readonly steps: number; readonly values: number[][] };
  };
}

function describeReal(root: string): void {
  const network = explainedNetwork(root);
  const oracle = JSON.parse(readFileSync(network.explanations, 'utf8')) as Oracle;
  const model = createModel(network.architecture, 32, 10);
  const { tensors, images } = loaded(
    async () => loadWeights((await readCheckpoint({ path: network.weights }, model)).weights),
    async () => {
      const { test } = await loadTestImages({ kind: 'cifar10', folder: join(root, 'data', 'cifar10') });
      const first = oracle.images[0] as number;
      const pixels = inMemory(test).pixels.subarray(first * 3072, (first + 6) * 3072);
      return toInput(pixels, 6, 32, 32, { inputSize: 32, mean: oracle.mean, std: oracle.std });
    },
  );
  const cases = Object.entries(oracle.layers).flatMap(([layer, maps]) => maps.map((each) => ({ layer, ...each })));
  const known = cases.filter(({ method }) => METHODS.some(({ id }) => id === method));

  it.each(known)(
    '$method at $layer of the class $target, of all and of one class',
    ({ method, layer, classes, maps }) => {
      const explained = explain(model, chooseMethod(method).method, layer);
      const { height, width } = explained.targetLayer;
      const area = height * width;
      const some = tf.tidy(() => tf.keep(tf.slice(images(), 0, classes.length)));
      const targets = tf.tensor1d(classes, 'int32');
      const all = tf.tidy(() => mapsOfAllClasses(explained, tensors(), some).maps.dataSync());
      const byGradient = tf.tidy(() => gradientMapsOfAllClasses(explained, tensors(), some).maps.dataSync());
      const one = tf.tidy(() => mapsOfOneClass(explained, tensors(), some, targets).maps.dataSync());
      tf.dispose([some, targets]);
      maps.forEach((expected, image) => {
        const ofClass = (image * model.classes + (classes[image] as number)) * area;
        expect(relativeError(all.slice(ofClass, ofClass + area), expected)).toBeLessThan(TOLERANCE);
        expect(relativeError(byGradient.slice(ofClass, ofClass + area), expected)).toBeLessThan(TOLERANCE);
        expect(relativeError(one.slice(image * area, (image + 1) * area), expected)).toBeLessThan(TOLERANCE);
      });
    },
  );

  describe('a method of input gradients', () => {
    it('gives the gradient itself, with its sign', async () => {
      const gradient = inputMethod({
        id: 'toy',
        name: 'Toy',
        description: 'For this test.',
        source: 'this test',
        version: 1,
        rectified: false,
        parameters: NO_PARAMETERS,
        steps: () => 1,
        point: (_, { images: x }) => ({ images: x, weight: 1 }),
        map: (ops, _, sum) => ops.sum(sum, 3),
      });
      const some = tf.tidy(() => tf.keep(tf.slice(images(), 0, 2)));
      const input = { inputSize: 32, mean: oracle.mean, std: oracle.std };
      const explained = explain(model, gradient, 'auto');
      const { maps, targets } = await explainOneClass(explained, tensors(), some, input, [undefined, undefined]);
      some.dispose();
      expect([...targets]).toEqual(oracle.predicted.slice(0, 2));
      expect(relativeError(maps, overChannels(oracle.inputs.gradient))).toBeLessThan(TOLERANCE);
    });
  });
}

/** The sums over channels of maps [3, 32, 32]. */
function overChannels(maps: number[][]): number[] {
  return maps.flatMap((values) =>
    Array.from({ length: 1024 }, (_, i) => [0, 1, 2].reduce((sum, c) => sum + (values[c * 1024 + i] as number), 0)),
  );
}

function explain(model: Model, method: ExplanationMethod, layer: string): Explained {
  const chosen = { method, parameters: {} };
  return { model, method: chosen, targetLayer: explainedLayer(model, chosen, layer) };
}

/** What lives as long as a `describe`. */
function loaded(
  makeWeights: () => TensorWeights | Promise<TensorWeights>,
  makeImages: () => tf.Tensor4D | Promise<tf.Tensor4D>,
): { readonly tensors: () => TensorWeights; readonly images: () => tf.Tensor4D } {
  let weights: TensorWeights;
  let images: tf.Tensor4D;
  beforeAll(async () => {
    weights = await makeWeights();
    images = await makeImages();
  });
  afterAll(() => {
    disposeWeights(weights);
    images.dispose();
  });
  return { tensors: () => weights, images: () => images };
}
