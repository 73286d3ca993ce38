/** Every case of the reference numbers, for whichever engine is running. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  gradientMapsOfAllClasses,
  mapsOfAllClasses,
  mapsOfOneClass,
} from '../../../src/computations/heatmaps/classMaps';
import { chooseMethod } from '../../../src/explanations';
import { requireTargetLayer } from '../../../src/models/targetLayer';
import { disposeWeights, inferTraining, loadWeights, predict } from '../../../src/models/forward';
import { crossEntropy } from '../../../src/models/scores';
import { createTrainer } from '../../../src/training/trainer';
import { readLayerMaps, readReference, referenceBatch, referenceModel, relativeError } from '../../referenceNumbers';

export function describeReference(start: () => unknown, trains: (architecture: string) => boolean = () => true): void {
  describe('the reference numbers', () => {
    const reference = readReference();
    beforeAll(async () => {
      await start();
    });

    for (const example of reference.cases) {
      const { architecture, inputSize } = example;
      describe(`${architecture} at ${inputSize}`, () => {
        const { model, weights } = referenceModel(example);
        let loaded: ReturnType<typeof loadWeights>;
        let images: tf.Tensor4D;
        beforeAll(() => {
          loaded = loadWeights(weights);
          images = referenceBatch(reference, 2, inputSize);
        });
        afterAll(() => {
          disposeWeights(loaded);
          images.dispose();
        });

        it('has the names, shapes and parameter count', () => {
          const expected = reference.models[architecture];
          expect(model.parameterCount).toBe(expected?.parameters);
          expect(model.tensors.map(({ name, shape }) => [name, shape])).toEqual(expected?.state);
        });

        it('gives the logits', () => {
          const logits = tf.tidy(() => predict(model, loaded, images).dataSync());
          expect(relativeError(logits, example.logits.flat())).toBeLessThan(1e-3);
        });

        it('gives the Grad-CAM maps, by the gradient and in closed form', () => {
          const targetLayer = requireTargetLayer(model, 'auto');
          const [, channels, height, width] = example.targetLayerShape;
          expect(targetLayer).toMatchObject({ channels, height, width });
          const explained = { model, method: chooseMethod('gradcam'), targetLayer };
          const closed = tf.tidy(() => mapsOfAllClasses(explained, loaded, images).maps.dataSync());
          const differentiated = tf.tidy(() => gradientMapsOfAllClasses(explained, loaded, images).maps.dataSync());
          expect(relativeError(closed, differentiated)).toBeLessThan(1e-4);
          for (const { class: target, raw } of example.gradCam) {
            const ofClass = closed.filter(
              (_, index) => Math.floor(index / (height! * width!)) % model.classes === target,
            );
            expect(relativeError(ofClass, raw.flat())).toBeLessThan(1e-3);
          }
        });

        const layerMaps = architecture === 'resnet20' ? readLayerMaps().rows : [];
        if (layerMaps.length > 0)
          it('gives the maps of each method at inner layers, of all classes and of chosen ones', () => {
            for (const { layer, method, class: target, maps } of layerMaps) {
              const targetLayer = requireTargetLayer(model, layer);
              const some = images.slice(0, maps.length);
              const explained = { model, method: chooseMethod(method), targetLayer };
              const area = targetLayer.height * targetLayer.width;
              const all = tf.tidy(() => mapsOfAllClasses(explained, loaded, some).maps.dataSync());
              const ofClass = all.filter((_, index) => Math.floor(index / area) % model.classes === target);
              expect(relativeError(ofClass, maps.flat()), `${method} at ${layer}, class ${target}`).toBeLessThan(1e-3);
              const targets = tf.fill<tf.Rank.R1>([maps.length], target, 'int32');
              const chosen = tf.tidy(() => mapsOfOneClass(explained, loaded, some, targets).maps.dataSync());
              expect(relativeError(chosen, maps.flat()), `${method} at ${layer}, class ${target} alone`).toBeLessThan(
                1e-3,
              );
              tf.dispose([some, targets]);
            }
          });

        const { training } = example;
        if (training !== undefined && trains(architecture))
          it('gives gradients, losses and statistics', () => {
            const batch = referenceBatch(reference, 8, inputSize);
            const labels = tf.tensor1d(training.labels, 'int32');
            checkGradientNorms();
            const hyper = { learningRate: 0.05, momentum: 0.9, weightDecay: 5e-4 };
            const trainer = createTrainer(model, weights);
            const losses: number[] = [];
            for (let step = 0; step < 5; step++) losses.push(trainer.step({ images: batch, labels }, hyper).loss);
            losses.slice(0, 3).forEach((loss, step) => {
              // Absolute: where a pre-activation is within rounding of zero, float32 engines differ on which side it is,
              // and PyTorch's own float64 differs from its float32 by 1.4e-3 here (ResNet-18 at 64, third step).
              expect(Math.abs(loss - (training.losses[step] as number)), `step ${step}`).toBeLessThan(2e-3);
            });
            const at = model.statistics.findIndex(({ module }) => module === training.firstBatchNorm);
            expect(at).toBe(0);
            const { means, variances } = trainer.read().weights;
            expect(relativeError(means.slice(0, 8), training.runningMeanAfter5)).toBeLessThan(1e-2);
            expect(relativeError(variances.slice(0, 8), training.runningVarAfter5)).toBeLessThan(1e-2);
            trainer.dispose();
            tf.dispose([batch, labels]);

            function checkGradientNorms(): void {
              const norms = tf.tidy(() => {
                const flat = tf.grad((parameters) =>
                  crossEntropy(inferTraining(model, parameters as tf.Tensor1D, batch).logits, labels),
                )(loaded.parameters);
                const pieces = tf.split(
                  flat,
                  model.parameters.map(({ length }) => length),
                );
                return pieces.map((piece) => tf.norm(piece).dataSync()[0] as number);
              });
              model.parameters.forEach(({ tensor }, index) => {
                const expected = training?.gradientNormsAtStep0[tensor.name] as number;
                const actual = norms[index] as number;
                // A norm that is zero but for rounding has no meaningful ratio.
                expect(Math.abs(actual - expected), tensor.name).toBeLessThan(0.01 * expected + 1e-5);
              });
            }
          });
      });
    }
  });
}
