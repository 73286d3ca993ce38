/** Grad-CAM at inner layers, against a gradient taken by differences: the definition, without any differentiation of ours. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWasm } from '../../../src/engine/wasm/start';
import { toInput } from '../../../src/models/input';
import { NORMALIZATIONS } from '../../../src/study';
import { drawSet } from '../../../src/datasets/synthetic';
import { explainImages, type ImageToExplain } from '../../../src/computations/heatmaps/explain';
import {
  gradientMapsOfAllClasses,
  mapsOfAllClasses,
  mapsOfOneClass,
} from '../../../src/computations/heatmaps/classMaps';
import { chooseMethod, METHODS, type LayerMethod } from '../../../src/explanations';
import { requireTargetLayer } from '../../../src/models/targetLayer';
import { disposeWeights, infer, loadWeights, type TensorWeights } from '../../../src/models/forward';
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import { relativeError } from '../../referenceNumbers';

const model = createModel('resnet20', 32, 10);
const method = chooseMethod('gradcam');
const settings = { inputSize: 32, ...NORMALIZATIONS.cifar10 };
const set = drawSet('test', 3, 1);

let weights: TensorWeights;
let images: tf.Tensor4D;
beforeAll(async () => {
  await startWasm();
  weights = loadWeights(initialWeights(model, 4));
  images = toInput(set.pixels.subarray(0, 2 * 3072), 2, 32, 32, settings);
});
afterAll(() => {
  disposeWeights(weights);
  images.dispose();
});

/** The logits with `added` on a whole channel of a stage: their slope is the sum of ∂y/∂A_k over positions. */
function shifted(targetLayer: string, channels: number, channel: number, added: number): Float32Array {
  return tf.tidy(() => {
    const shift = tf.mul(tf.oneHot(tf.tensor1d([channel], 'int32'), channels), added);
    const logits = infer(model, weights, images, (name, features) =>
      name === targetLayer ? tf.add(features, tf.reshape(shift, [1, 1, 1, channels])) : features,
    );
    return logits.dataSync() as Float32Array;
  });
}

describe.each(['act1', 'layer1.2', 'layer2.1', 'layer3.2'])('the maps at %s', (layer) => {
  it('follow from slopes measured by differences', () => {
    const targetLayer = requireTargetLayer(model, layer);
    const { channels, height, width } = targetLayer;
    let activations: ArrayLike<number> = [];
    tf.tidy(() => {
      infer(model, weights, images, (name, features) => {
        if (name === layer) activations = features.dataSync();
        return features;
      });
    });
    const step = 1e-2;
    const slopes = Array.from({ length: channels }, (_, channel) => {
      const [up, down] = [shifted(layer, channels, channel, step), shifted(layer, channels, channel, -step)];
      return up.map((value, index) => (value - (down[index] as number)) / (2 * step * height * width));
    });
    const expected = new Float32Array(2 * height * width * 10);
    for (let at = 0; at < expected.length; at++) {
      const [row, cell] = [Math.floor(at / (height * width)), at % (height * width)];
      const [image, target] = [Math.floor(row / 10), row % 10];
      const position = image * height * width + cell;
      let sum = 0;
      for (let k = 0; k < channels; k++) {
        sum += (slopes[k]?.[image * 10 + target] as number) * (activations[position * channels + k] as number);
      }
      expected[at] = Math.max(0, sum);
    }
    const maps = tf.tidy(() => mapsOfAllClasses({ model, method, targetLayer }, weights, images).maps.dataSync());
    // Differences across the corners of ReLU, in float32, are good to a few per cent at the stages far below.
    expect(relativeError(maps, expected)).toBeLessThan(layer === 'layer3.2' ? 1e-3 : 0.05);
  });
});

const withClosedForm = METHODS.filter((each) => each.resolution === 'layer' && each.channelWeights !== undefined);

it.each(withClosedForm.map(({ id }) => id))('the closed form of %s and the gradient agree where both hold', (id) => {
  const explained = { model, method: chooseMethod(id), targetLayer: requireTargetLayer(model, 'auto') };
  const closed = tf.tidy(() => mapsOfAllClasses(explained, weights, images).maps.dataSync());
  const differentiated = tf.tidy(() => gradientMapsOfAllClasses(explained, weights, images).maps.dataSync());
  expect(relativeError(closed, differentiated)).toBeLessThan(1e-4);
});

it.each([
  ['a channel that sums to nought', [1, -1, 2, -2]],
  ['one whose sum is what rounding leaves', [1, -1, 2, -2 + 2 ** -21]],
  ['one without activations', [0, 0, 0, 0]],
])('XGrad-CAM gives what the gradient gives of %s', (_, values) => {
  const method = chooseMethod('xgradcam').method as LayerMethod;
  const activations = tf.tensor4d(values, [1, 2, 2, 1]);
  const found = method.map(tf, { activations, gradients: tf.fill([1, 2, 2, 1], 0.5) }, {}).dataSync();
  expect(
    relativeError(
      found,
      values.map((value) => value * 0.5),
    ),
  ).toBeLessThan(1e-6);
});

it('images are explained in their order, whatever their size, each as if alone', async () => {
  const image = (index: number): ImageToExplain => ({
    name: `test:${index}`,
    height: 32,
    width: 32,
    pixels: set.pixels.subarray(index * 3072, (index + 1) * 3072),
    label: null,
  });
  const large = { name: 'large', height: 40, width: 48, pixels: new Uint8Array(40 * 48 * 3).fill(99), label: null };
  const mixed = [image(0), large, image(1), image(2)];
  const targetLayer = requireTargetLayer(model, 'layer2');
  const together = await explainImages({ model, method, targetLayer }, weights, mixed, settings);
  expect(together).toHaveLength(4);
  for (const [index, one] of mixed.entries()) {
    const [alone] = await explainImages({ model, method, targetLayer }, weights, [one], settings);
    expect(relativeError(together[index]?.logits ?? [], alone?.logits ?? [])).toBeLessThan(1e-5);
    expect(together[index]?.maps).toHaveLength(10);
    together[index]?.maps.forEach((map, target) => {
      expect(map).toHaveLength(16 * 16);
      expect(relativeError(map, alone?.maps[target] ?? [])).toBeLessThan(1e-4);
    });
  }
});

describe('one class an image', () => {
  it.each(['layer2.0', 'layer3.2'])('is that class’s map of all at %s', (name) => {
    const targetLayer = requireTargetLayer(model, name);
    const explained = { model, method, targetLayer };
    const { maps } = mapsOfAllClasses(explained, weights, images);
    const all = maps.dataSync();
    const { logits, maps: chosen } = mapsOfOneClass(explained, weights, images, tf.tensor1d([7, 2], 'int32'));
    const area = targetLayer.height * targetLayer.width;
    const expected = [...all.slice(7 * area, 8 * area), ...all.slice(12 * area, 13 * area)];
    expect(relativeError(chosen.dataSync(), expected)).toBeLessThan(1e-5);
    const predicted = tf.argMax<tf.Tensor1D>(logits, 1);
    const byPrediction = mapsOfOneClass(explained, weights, images);
    const byName = mapsOfOneClass(explained, weights, images, predicted);
    expect(byPrediction.maps.dataSync()).toEqual(byName.maps.dataSync());
  });
});
