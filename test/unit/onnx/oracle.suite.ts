/**
 * ONNX files with what PyTorch computes of them: logits, Grad-CAM maps of two layers, and the first losses of fine-tuning.
 * EPOCHLENS_ONNX names another folder that `make_onnx.py` filled.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { mapsOfOneClass } from '../../../src/computations/heatmaps/classMaps';
import { chooseMethod } from '../../../src/explanations';
import { disposeWeights, loadWeights, predict } from '../../../src/models/forward';
import type { Model } from '../../../src/models/model';
import { requireTargetLayer } from '../../../src/models/targetLayer';
import type { Weights } from '../../../src/models/weights';
import { createTrainer } from '../../../src/training/trainer';
import { openOnnx, oracleImages, readOracle } from '../../onnx/model';
import { sharedFolder } from '../../shared';

interface Training {
  readonly hyper: { readonly learningRate: number; readonly momentum: number; readonly weightDecay: number };
  readonly labels: number[];
  readonly losses: Readonly<Record<string, readonly number[]>>;
}

const TRAINING = join(import.meta.dirname, '..', '..', 'fixtures', 'pytorch', 'onnxTraining.json');

/** Maps that a file cannot give as PyTorch does, or only by luck. */
const TOLERANCES: readonly { readonly file: RegExp; readonly module: string; readonly share: number }[] = [
  // PyTorch's ReLU behind it writes over its output, which no file says.
  { file: /^torchvision-squeezenet1_1$/, module: 'features.9.squeeze', share: Infinity },
  // A value within rounding of a ReLU's kink: PyTorch's own float32 differs from its float64 by 9e-3 here.
  { file: /^test_resnet/, module: 'layer2.0.downsample.2', share: 2e-2 },
];

function toleranceOf(name: string, module: string): number {
  return TOLERANCES.find((each) => each.file.test(name) && each.module === module)?.share ?? 1e-3;
}

const folder = process.env['EPOCHLENS_ONNX'] ?? join(sharedFolder() ?? '', 'models', 'onnx');

export function describeOracles(start: () => unknown): void {
  describe.skipIf(!existsSync(folder))('ONNX files', () => {
    beforeAll(async () => {
      await start();
    });
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.onnx')) : [];
    const training = JSON.parse(readFileSync(TRAINING, 'utf8')) as Training;

    describe.each(names.map((name) => name.slice(0, -'.onnx'.length)))('%s', (name) => {
      const oracle = readOracle(join(folder, `${name.replace(/\.(legacy|unfolded)$/, '')}.json`));
      let model: Model;
      let weights: Weights;
      beforeAll(async () => {
        ({ model, weights } = await openOnnx(join(folder, `${name}.onnx`), oracle.inputSize));
      });
      it('gives the logits and the Grad-CAM maps', () => {
        const images = imagesOf(2);
        const loaded = loadWeights(weights);
        const logits = tf.tidy(() => predict(model, loaded, images).dataSync());
        const expected = oracle.logits.flat();
        const scale = Math.max(...expected.map(Math.abs));
        expect(largestDifference(logits, expected) / scale, 'logits').toBeLessThan(1e-4);
        for (const { module, maps, shape } of oracle.gradCam) {
          if (isFoldedAway(model, module)) continue;
          const explained = { model, method: chooseMethod('gradcam'), targetLayer: requireTargetLayer(model, module) };
          expect(explained.targetLayer).toMatchObject({ channels: shape[1], height: shape[2], width: shape[3] });
          const targets = tf.tensor1d([...oracle.classes], 'int32');
          const computed = tf.tidy(() => mapsOfOneClass(explained, loaded, images, targets).maps.dataSync());
          const largest = Math.max(...maps.flat());
          const difference = largestDifference(computed, maps.flat());
          expect(difference, `maps of ${module}`).toBeLessThanOrEqual(toleranceOf(name, module) * largest);
          targets.dispose();
        }
        images.dispose();
        disposeWeights(loaded);
      });

      const losses = process.env['EPOCHLENS_ONNX'] === undefined ? training.losses[name] : undefined;
      if (losses !== undefined)
        it('gives the losses of fine-tuning', () => {
          const images = imagesOf(training.labels.length);
          const labels = tf.tensor1d(training.labels, 'int32');
          const trainer = createTrainer(model, weights);
          for (const [step, expected] of losses.entries()) {
            const { loss } = trainer.step({ images, labels }, training.hyper);
            expect(Math.abs(loss - expected), `step ${step}: ${loss}, not ${expected}`).toBeLessThan(2e-3);
          }
          trainer.dispose();
          tf.dispose([images, labels]);
        });

      function imagesOf(count: number): tf.Tensor4D {
        const { inputSize } = oracle;
        return tf.tensor4d(oracleImages(count, oracle), [count, inputSize, inputSize, 3]);
      }
    });
  });
}

/** Whether the file has only what a convolution and the batch norm behind it compute together: no name may give that as its own. */
function isFoldedAway(model: Model, module: string): boolean {
  const isIn = model.targetLayers.some(({ folded }) => folded?.includes(module));
  if (isIn) expect(() => requireTargetLayer(model, module)).toThrow(/not in the file/);
  return isIn;
}

/** NaN where one is. */
function largestDifference(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, index) => Math.abs(value - (actual[index] as number))));
}
