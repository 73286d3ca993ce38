/** Epochs on the embedded engine: what they give, and that they leave no tensor behind. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/common/errors';
import { startWasm } from '../../../src/engine/wasm/start';
import { drawSet } from '../../../src/datasets/synthetic';
import { explainImages } from '../../../src/computations/heatmaps/explain';
import { requireTargetLayer } from '../../../src/models/targetLayer';
import { disposeWeights, infer, loadWeights } from '../../../src/models/forward';
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import { toInput } from '../../../src/models/input';
import { NORMALIZATIONS } from '../../../src/study';
import { predictClean } from '../../../src/computations/robustness/predict';
import { trainEpoch, type EpochPlan } from '../../../src/training/epoch';
import { evaluate, requirePredictions } from '../../../src/models/evaluate';
import { chooseMethod } from '../../../src/explanations';
import type { EpochSoFar } from '../../../src/training/stepLog';
import { createTrainer } from '../../../src/training/trainer';

const method = chooseMethod('gradcam');

const model = createModel('resnet20', 32, 10);
const input = { inputSize: 32, ...NORMALIZATIONS.cifar10 };
const train = drawSet('train', 21, 1);
const test = drawSet('test', 20, 1);

function plan(epoch: number, changes: Partial<EpochPlan['hyper']> = {}): EpochPlan {
  return {
    set: train,
    input,
    draw: { seed: 1, epoch, augmentation: 'flipCrop' },
    batchSize: 5,
    hyper: { learningRate: 0.01, momentum: 0.9, weightDecay: 5e-4, ...changes },
  };
}

beforeAll(startWasm);

describe('an epoch', () => {
  it('leaves as many tensors as there were, step by step and epoch by epoch, as do evaluating and explaining', async () => {
    const trainer = createTrainer(model, initialWeights(model, 1));
    const images = [0, 1].map((index) => ({
      name: `test:${index}`,
      height: 32,
      width: 32,
      pixels: test.pixels.subarray(index * 3072, (index + 1) * 3072),
      label: test.labels[index] ?? null,
    }));
    const count = (): number => tf.memory().numTensors;
    const before = count();
    const counts: number[] = [];
    for (const epoch of [1, 2]) {
      const onStep = (): Promise<void> => Promise.resolve(void counts.push(count()));
      await trainEpoch(trainer, plan(epoch), { onStep });
      const weights = trainer.weights();
      const withWeights = count();
      await evaluate(model, weights, test, input);
      expect(count()).toBe(withWeights);
      for (const layer of ['auto', 'layer2']) {
        await explainImages({ model, method, targetLayer: requireTargetLayer(model, layer) }, weights, images, input);
        expect(count()).toBe(withWeights);
      }
      disposeWeights(weights);
      counts.push(count());
    }
    expect(counts).toEqual(Array.from(counts, () => before));
    expect(trainer.read().weights.batchCount).toBe(8);
    trainer.dispose();
  });

  it('is a mean over the images that it met', async () => {
    const trainer = createTrainer(model, initialWeights(model, 1));
    // A learning rate of zero: every batch meets the same parameters.
    const seen: number[] = [];
    const onStep = ({ steps, images }: EpochSoFar): Promise<void> => Promise.resolve(void seen.push(steps, images));
    const result = await trainEpoch(trainer, plan(1, { learningRate: 0 }), { onStep });
    expect(seen).toEqual([4, 5, 4, 10, 4, 15, 4, 20]);
    expect(result.images).toBe(20);
    expect((result.accuracy * 20) / 100).toBeCloseTo(Math.round((result.accuracy * 20) / 100), 10);
    expect(trainer.read().weights.parameters).toEqual(initialWeights(model, 1).parameters);
    trainer.dispose();
  });

  it('in micro-batches meets the same images in as many steps', async () => {
    const trainer = createTrainer(model, initialWeights(model, 1));
    const before = tf.memory().numTensors;
    const [whole, parts] = [plan(1, { learningRate: 0 }), { ...plan(1), microBatchSize: 2 }];
    const steps: number[] = [];
    const onStep = ({ step, steps: of, images }: EpochSoFar): Promise<void> =>
      Promise.resolve(void steps.push(step, of, images));
    const result = await trainEpoch(trainer, parts, { onStep });
    expect(steps).toEqual([1, 4, 5, 2, 4, 10, 3, 4, 15, 4, 4, 20]);
    expect(result.images).toBe(20);
    // Five images in parts of two are three parts.
    const { parameters, batchCount } = trainer.read().weights;
    expect(batchCount).toBe(12);
    expect(parameters).not.toEqual(initialWeights(model, 1).parameters);
    expect(tf.memory().numTensors).toBe(before);
    const untouched = createTrainer(model, initialWeights(model, 1));
    const another = await trainEpoch(untouched, whole, {});
    // Of other weights and other batches for batch norm, but of the same images.
    expect(Math.abs(result.loss - another.loss)).toBeLessThan(1);
    trainer.dispose();
    untouched.dispose();
  });

  it('stops at once when it is cancelled, between two steps', async () => {
    const trainer = createTrainer(model, initialWeights(model, 1));
    const controller = new AbortController();
    let steps = 0;
    const onStep = (): Promise<void> => {
      if (++steps === 2) controller.abort();
      return Promise.resolve();
    };
    await expect(trainEpoch(trainer, plan(1), { signal: controller.signal, onStep })).rejects.toThrow(CancelledError);
    expect(steps).toBe(2);
    const weights = trainer.weights();
    await expect(evaluate(model, weights, test, input, { signal: controller.signal })).rejects.toThrow(CancelledError);
    disposeWeights(weights);
    trainer.dispose();
  });

  it('says where the loss is no number any more', async () => {
    const weights = initialWeights(model, 1);
    weights.parameters.fill(NaN);
    const trainer = createTrainer(model, weights);
    await expect(trainEpoch(trainer, plan(3), {})).rejects.toThrow(
      /^epoch 3, step 1: the training has diverged: found a loss that is not a finite number, expected at most .*\. Lower training\.learningRate \(it is 0\.01\).*up to epoch 2 is kept/,
    );
    trainer.dispose();
  });

  it('says where the loss is finite and has no meaning', async () => {
    const weights = initialWeights(model, 1);
    // The classifier's biases are the last parameters: every image is taken for the first class.
    weights.parameters[weights.parameters.length - 10] = 1e29;
    const trainer = createTrainer(model, weights);
    await expect(trainEpoch(trainer, plan(3), {})).rejects.toThrow(
      /^epoch 3, step 1: the training has diverged: found a loss of \d\.\d+e\+2[89], expected at most 2\.30e\+4/,
    );
    trainer.dispose();
  });
});

describe('an evaluation', () => {
  it('counts no image as right whose logits are no numbers', async () => {
    const broken = initialWeights(model, 2);
    broken.parameters.fill(NaN);
    const weights = loadWeights(broken);
    const result = await evaluate(model, weights, test, input);
    expect(result.loss).toBeNaN();
    expect([result.correct, result.accuracy]).toEqual([0, 0]);
    expect([...new Set(result.predictions)]).toEqual([255]);
    expect(() => {
      requirePredictions(result);
    }).toThrow(/^image 0: the network gives no finite numbers/);
    const images = [{ name: 'test:0', height: 32, width: 32, pixels: test.pixels.subarray(0, 3072), label: 0 }];
    const targetLayer = requireTargetLayer(model, 'auto');
    await expect(explainImages({ model, method, targetLayer }, weights, images, input)).rejects.toThrow(
      /^test:0: .*no finite numbers/,
    );
    await expect(
      predictClean({ model, method, weights, input, targetLayer }, { set: test, start: 0, length: 2 }),
    ).rejects.toThrow(/no finite numbers/);
    disposeWeights(weights);
  });

  it('is what the logits of the whole set say', async () => {
    const weights = loadWeights(initialWeights(model, 2));
    const result = await evaluate(model, weights, test, input);
    const logits = tf.tidy(() => infer(model, weights, toInput(test.pixels, 20, 32, 32, input)).arraySync());
    const losses = logits.map((row, index) => {
      const sum = row.reduce((total, value) => total + Math.exp(value), 0);
      return Math.log(sum) - (row[test.labels[index] ?? 0] ?? NaN);
    });
    expect(result.loss).toBeCloseTo(losses.reduce((a, b) => a + b) / 20, 5);
    expect([...result.predictions]).toEqual(logits.map((row) => row.indexOf(Math.max(...row))));
    const correct = result.predictions.filter((predicted, index) => predicted === test.labels[index]).length;
    expect([result.correct, result.of, result.accuracy]).toEqual([correct, 20, 5 * correct]);
    disposeWeights(weights);
  });
});
