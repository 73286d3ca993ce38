/** What micro-batches come to, on the embedded engine. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { uniform } from '../../../src/common/random';
import { startWasm } from '../../../src/engine/wasm/start';
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import type { Batch } from '../../../src/training/step';
import { createTrainer, type Trainer, type TrainingNumbers } from '../../../src/training/trainer';
import { relativeError } from '../../referenceNumbers';

const model = createModel('resnet20', 32, 10);
const weights = initialWeights(model, 1);
const HYPER = { learningRate: 0.05, momentum: 0.9, weightDecay: 5e-4 };
/** The velocity is then the gradient, and the parameters stay. */
const GRADIENT_ONLY = { learningRate: 0, momentum: 0, weightDecay: 0 };
let one: Batch;
let other: Batch;

beforeAll(async () => {
  await startWasm();
  one = batch('one', 2);
  other = batch('other', 3);
});

function batch(name: string, count: number): Batch {
  const images = tf.tensor4d(Float32Array.from(uniform(name, count * 3072)), [count, 32, 32, 3]);
  return { images, labels: tf.range(0, count, 1, 'int32') };
}

function trained(train: (trainer: Trainer) => void): TrainingNumbers {
  const before = tf.memory().numTensors;
  const trainer = createTrainer(model, weights);
  train(trainer);
  const numbers = trainer.read();
  trainer.dispose();
  expect(tf.memory().numTensors).toBe(before);
  return numbers;
}

describe('a step in micro-batches', () => {
  it('is the step of one of them where they are alike, but that batch norm has seen it twice', () => {
    const whole = trained((trainer) => {
      trainer.step(one, HYPER);
      trainer.step(one, HYPER);
    });
    const inHalves = (trainer: Trainer): void => {
      trainer.accumulate(one, 0.5);
      trainer.accumulate(one, 0.5);
      trainer.update(HYPER);
    };
    const halves = trained((trainer) => {
      inHalves(trainer);
      inHalves(trainer);
    });
    expect(halves.weights.parameters).toEqual(whole.weights.parameters);
    expect(halves.velocity).toEqual(whole.velocity);
    expect([whole.weights.batchCount, halves.weights.batchCount]).toEqual([2, 4]);
  });

  it('moves the running statistics with each', () => {
    const once = trained((trainer) => void trainer.step(one, GRADIENT_ONLY)).weights.means;
    const twice = trained((trainer) => {
      trainer.accumulate(one, 0.5);
      trainer.accumulate(one, 0.5);
    }).weights.means;
    // From zero: 0.1·m, and then 0.9·0.1·m + 0.1·m.
    expect(
      relativeError(
        twice,
        once.map((mean) => 1.9 * mean),
      ),
    ).toBeLessThan(1e-6);
  });

  it('weighs each by its share of the images', () => {
    const gradientOf = (part: Batch) => trained((trainer) => void trainer.step(part, GRADIENT_ONLY)).velocity;
    const [first, second] = [gradientOf(one), gradientOf(other)];
    const gathered = trained((trainer) => {
      const results = [trainer.accumulate(one, 0.4), trainer.accumulate(other, 0.6)];
      trainer.update(GRADIENT_ONLY);
      expect(results.map(({ loss }) => loss)).toEqual([one, other].map(lossOf));
    }).velocity;
    const expected = first.map((value, index) => 0.4 * value + 0.6 * (second[index] as number));
    expect(relativeError(gathered, expected)).toBeLessThan(1e-6);
  });

  it('does not take the gradients of the step before with it', () => {
    const after = trained((trainer) => {
      trainer.accumulate(one, 1);
      trainer.update(GRADIENT_ONLY);
      trainer.accumulate(other, 1);
      trainer.update(GRADIENT_ONLY);
    }).velocity;
    expect(after).toEqual(trained((trainer) => void trainer.step(other, GRADIENT_ONLY)).velocity);
  });

  it('leaves nothing where it is not finished, and needs a gradient', () => {
    trained((trainer) => void trainer.accumulate(one, 0.5));
    trained((trainer) => {
      expect(() => {
        trainer.update(HYPER);
      }).toThrow('no gradient has been accumulated');
    });
  });
});

function lossOf(part: Batch): number {
  let loss = NaN;
  trained((trainer) => (loss = trainer.step(part, GRADIENT_ONLY).loss));
  return loss;
}
