/** Maps of several layers as one, for whichever engine is running. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  gradientMapsOfAllClasses,
  mapsOfAllClasses,
  mapsOfOneClass,
} from '../../../src/computations/heatmaps/classMaps';
import { explainedLayer } from '../../../src/computations/heatmaps/explained';
import { fuseMaps } from '../../../src/computations/heatmaps/fuse';
import { chooseMethod } from '../../../src/explanations';
import { resample } from '../../../src/imaging/resample';
import { disposeWeights, loadWeights, type TensorWeights } from '../../../src/models/forward';
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import { relativeError } from '../../referenceNumbers';

export function describeFusion(start: () => unknown): void {
  const model = createModel('resnet20', 32, 10);
  let weights: TensorWeights;
  let images: tf.Tensor4D;
  beforeAll(async () => {
    await start();
    weights = loadWeights(initialWeights(model, 4));
    images = tf.randomUniform([2, 32, 32, 3], -1, 1, 'float32', 7);
  });
  afterAll(() => {
    disposeWeights(weights);
    images.dispose();
  });

  // By hand: of 2 × 2 cells [4, 0; 0, 8], after ReLU and by 8, enlarged to 4 × 4, a row is ¾ of the near and ¼ of the far.
  const coarse = [4, -2, 0, 8];
  const enlarged = [
    [0.5, 0.375, 0.125, 0],
    [0.375, 0.34375, 0.28125, 0.25],
    [0.125, 0.28125, 0.59375, 0.75],
    [0, 0.25, 0.75, 1],
  ].flat();
  const fine = Array.from({ length: 16 }, (_, cell) => (cell === 5 ? 10 : cell === 6 ? 5 : 0));
  const scaledFine = fine.map((value) => value / 10);

  it.each([
    ['mean', enlarged.map((value, cell) => (value + scaledFine[cell]!) / 2)],
    ['maximum', enlarged.map((value, cell) => Math.max(value, scaledFine[cell]!))],
  ] as const)('the %s is of scaled and enlarged maps', (rule, expected) => {
    const maps = [tf.tensor3d(fine, [1, 4, 4]), tf.tensor3d(coarse, [1, 2, 2])];
    const found = tf.tidy(() => fuseMaps(rule, maps, { height: 4, width: 4 }).dataSync());
    expected.forEach((value, cell) => expect(found[cell]).toBeCloseTo(value, 6));
  });

  it('a map without heat stays nought, and takes nothing from the other', () => {
    const maps = [tf.tensor3d(fine, [1, 4, 4]), tf.tensor3d([-1, 0, -2, 0], [1, 2, 2])];
    expect([...tf.tidy(() => fuseMaps('mean', maps, { height: 4, width: 4 }).dataSync())]).toEqual(
      scaledFine.map((value) => value / 2),
    );
    expect([...tf.tidy(() => fuseMaps('maximum', maps, { height: 4, width: 4 }).dataSync())]).toEqual(scaledFine);
  });

  it.each([
    ['gradcam', 'mean(layer2,layer3)'],
    ['layercam', 'maximum(layer1.2, layer2.1 ,layer3)'],
    ['gradcam++', 'mean(layer3,layer1)'],
  ])('%s at %s is what its maps of each layer give, of one class and of all', (id, layer) => {
    const method = chooseMethod(id);
    const targetLayer = explainedLayer(model, method, layer);
    const { fusion, height, width } = targetLayer;
    const explained = { model, method, targetLayer };
    const targets = tf.tensor1d([3, 8], 'int32');
    const one = tf.tidy(() => mapsOfOneClass(explained, weights, images, targets).maps.dataSync());
    const ofLayers = fusion!.layers.map((each) => {
      const maps = tf.tidy(() =>
        mapsOfOneClass({ model, method, targetLayer: each }, weights, images, targets).maps.dataSync(),
      );
      return [0, 1].map((image) => {
        const area = each.height * each.width;
        const map = maps.slice(image * area, (image + 1) * area);
        const largest = Math.max(...map);
        return resample({ ...each, channels: 1, values: map.map((value) => value / (largest || 1)) }, height, width);
      });
    });
    const expected = [0, 1].flatMap((image) =>
      Array.from({ length: height * width }, (_, cell) => {
        const values = ofLayers.map((maps) => maps[image]![cell]!);
        return fusion!.rule === 'mean' ? values.reduce((a, b) => a + b) / values.length : Math.max(...values);
      }),
    );
    expect(Math.max(...expected)).toBeGreaterThan(0.4);
    expect(relativeError(one, expected)).toBeLessThan(1e-4);
    for (const all of [mapsOfAllClasses, gradientMapsOfAllClasses]) {
      const maps = tf.tidy(() => all(explained, weights, images).maps.dataSync());
      const chosen = [3, 18].flatMap((row) => [...maps.slice(row * height * width, (row + 1) * height * width)]);
      expect(relativeError(chosen, expected)).toBeLessThan(1e-4);
    }
  });
}
