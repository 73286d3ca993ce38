/** Weights that are drawn anew, and running statistics that fit them, for whichever engine is running. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/common/random';
import { firstChanged, redraw, redrawings } from '../../../../src/computations/sanity/redraw';
import { redrawnWeights } from '../../../../src/computations/sanity/redrawnWeights';
import { convolve } from '../../../../src/engine/operations';
import { disposeWeights, infer, loadWeights } from '../../../../src/models/forward';
import { toInput } from '../../../../src/models/input';
import { createModel } from '../../../../src/models/model';
import { initialWeights, toStateDict, type Weights } from '../../../../src/models/weights';

const MODEL = createModel('resnet20', 32, 10);
const INPUT = { inputSize: 32, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] } as const;
const KEY = { seed: 5, draw: 0 };

/** As of a training: statistics that are not those of fresh weights. */
const TRAINED: Weights = {
  ...initialWeights(MODEL, 1),
  means: new Float32Array(MODEL.statisticsCount).fill(0.3),
  variances: new Float32Array(MODEL.statisticsCount).fill(2),
};

const changed = (redrawn: Weights): string[] => {
  const [before, after] = [toStateDict(MODEL, TRAINED), toStateDict(MODEL, redrawn)];
  return [...before].flatMap(([name, values]) => (after.get(name)?.every((v, i) => v === values[i]) ? [] : [name]));
};

/** RGB, of so many images. */
function imageSet(count: number) {
  const random = createRandom('redraw suite', count);
  const pixels = Uint8Array.from({ length: count * 32 * 32 * 3 }, () => random.integer(256));
  return { count, height: 32, width: 32, pixels, labels: new Uint8Array(count) };
}

export function describeRedraw(start: () => unknown): void {
  beforeAll(async () => {
    await start();
  });

  it('cascades from the head down, and takes each alone', () => {
    expect(redrawings(MODEL).map(({ order, group, groups }) => `${order} ${group}: ${groups.join()}`)).toEqual([
      'cascading head: head',
      'cascading layer3: layer3,head',
      'cascading layer2: layer2,layer3,head',
      'cascading layer1: layer1,layer2,layer3,head',
      'cascading stem: stem,layer1,layer2,layer3,head',
      'alone head: head',
      'alone layer3: layer3',
      'alone layer2: layer2',
      'alone layer1: layer1',
      'alone stem: stem',
    ]);
  });

  it('draws what is named, by a stream of its own, and the same for the same key', () => {
    expect(changed(redraw(MODEL, TRAINED, ['head'], KEY))).toEqual(['linear.weight', 'linear.bias']);
    // Fresh scales are ones and shifts zeros, as they were.
    expect(changed(redraw(MODEL, TRAINED, ['stem'], { seed: 1, draw: 0 }))).toEqual(['conv1.weight']);
    expect(redraw(MODEL, TRAINED, ['stem'], KEY)).toEqual(redraw(MODEL, TRAINED, ['stem'], KEY));
    expect(redraw(MODEL, TRAINED, ['stem'], { ...KEY, draw: 1 })).not.toEqual(redraw(MODEL, TRAINED, ['stem'], KEY));
  });

  it('knows from which layer on batch norm sees something else', () => {
    // One of the stem, and two a block of three blocks a stage.
    const places = ['stem', 'layer1', 'layer2', 'layer3', 'head'].map((group) => firstChanged(MODEL, [group]));
    expect(places).toEqual([0, 1, 7, 13, 19]);
    expect(firstChanged(MODEL, ['layer2', 'layer3', 'head'])).toBe(7);
  });

  describe('running statistics', () => {
    const signal = new AbortController().signal;
    const set = imageSet(6);
    const redrawn = (groups: readonly string[], training = set) =>
      redrawnWeights(MODEL, TRAINED, groups, KEY, { training, input: INPUT, signal });

    it('stay where no batch norm follows', async () => {
      const weights = await redrawn(['head']);
      expect(weights.means.dataSync()).toEqual(TRAINED.means);
      disposeWeights(weights);
    });

    it('are the mean and the unbiased variance of what the first re-drawn layer gives, and those before it stay', async () => {
      const weights = await redrawn(['layer3']);
      const trained = loadWeights(TRAINED);
      const filter = toStateDict(MODEL, redraw(MODEL, TRAINED, ['layer3'], KEY)).get('layer3.0.conv1.weight');
      const [mean, variance, count] = tf.tidy(() => {
        let features!: tf.Tensor4D;
        infer(MODEL, trained, toInput(set.pixels, set.count, 32, 32, INPUT), (layer, x) => {
          if (layer === 'layer2.2') features = x;
          return x;
        });
        const kernel = tf.transpose<tf.Tensor4D>(tf.tensor4d(filter ?? [], [64, 32, 3, 3]), [2, 3, 1, 0]);
        const moments = tf.moments(convolve(features, kernel, 2), [0, 1, 2]);
        return [moments.mean.dataSync(), moments.variance.dataSync(), set.count * 8 * 8] as const;
      });
      // 16 of the stem, 6 times 16 of layer1, 6 times 32 of layer2.
      const offset = 16 + 6 * 16 + 6 * 32;
      const [means, variances] = [weights.means.dataSync(), weights.variances.dataSync()];
      expect(means.slice(0, offset)).toEqual(TRAINED.means.slice(0, offset));
      expect(variances.slice(0, offset)).toEqual(TRAINED.variances.slice(0, offset));
      mean.forEach((value, channel) => expect(means[offset + channel]).toBeCloseTo(value, 4));
      variance.forEach((value, channel) => {
        expect(variances[offset + channel]).toBeCloseTo((value * count) / (count - 1), 4);
      });
      expect([...means.slice(offset)].some((value) => Math.abs(value - 0.3) < 1e-6)).toBe(false);
      disposeWeights(weights);
      disposeWeights(trained);
    });

    it('keep activations alive through a network that is drawn anew as a whole', async () => {
      const weights = await redrawn(['stem', 'layer1', 'layer2', 'layer3', 'head']);
      const deviations: number[] = [];
      tf.tidy(() => {
        infer(MODEL, weights, toInput(set.pixels, set.count, 32, 32, INPUT), (_, x) => {
          deviations.push(Math.sqrt(tf.moments(x).variance.dataSync()[0] as number));
          return x;
        });
      });
      expect(deviations).toHaveLength(10);
      for (const deviation of deviations) {
        expect(deviation).toBeGreaterThan(0.2);
        expect(deviation).toBeLessThan(5);
      }
      disposeWeights(weights);
    });

    it('are the mean over batches of 64 and more', async () => {
      const many = imageSet(130);
      const part = (from: number, count: number) => ({
        ...many,
        count,
        pixels: many.pixels.subarray(from * 3072, (from + count) * 3072),
      });
      const all = await redrawn(['stem'], many);
      const halves = [await redrawn(['stem'], part(0, 65)), await redrawn(['stem'], part(65, 65))];
      const [a, b] = halves.map(({ variances }) => variances.dataSync());
      all.variances.dataSync().forEach((value, at) => {
        const mean = ((a?.[at] ?? NaN) + (b?.[at] ?? NaN)) / 2;
        expect(Math.abs(value - mean)).toBeLessThan(1e-4 * Math.max(1, mean));
      });
      for (const weights of [all, ...halves]) disposeWeights(weights);
    });

    it('leave nothing behind', async () => {
      const before = tf.memory().numTensors;
      disposeWeights(await redrawn(['layer2']));
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
