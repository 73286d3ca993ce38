/** Maps of the input's resolution against PyTorch's, on a real ResNet-20, for whichever engine is running. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CancelledError } from '../../../src/common/errors';
import { uniform } from '../../../src/common/random';
import { explainedLayer, type Explained } from '../../../src/computations/heatmaps/explained';
import { explainOneClass, type ExplainedBatch } from '../../../src/computations/heatmaps/oneClass';
import { inMemory, loadTestImages } from '../../../src/datasets';
import { chooseMethod, type ExplanationMethod } from '../../../src/explanations';
import { NO_PARAMETERS } from '../../../src/explanations/descriptions/description';
import { inputMethod } from '../../../src/explanations/method';
import { createRise } from '../../../src/explanations/rise';
import { createSmoothGrad, type DrawNoise } from '../../../src/explanations/smoothGrad';
import { disposeWeights, loadWeights, type TensorWeights } from '../../../src/models/forward';
import { toInput, type InputSettings } from '../../../src/models/input';
import { createModel } from '../../../src/models/model';
import { readCheckpoint } from '../../../src/weights/checkpoint';
import { relativeError } from '../../referenceNumbers';
import { explainedNetwork, sharedFolder } from '../../shared';

interface Oracle extends Pick<InputSettings, 'mean' | 'std'> {
  /** Places in the test set, one after the other. */
  readonly images: number[];
  readonly predicted: number[];
  /** Of the first two images: [3, 32, 32] each, or one map. */
  readonly inputs: {
    readonly gradient: number[][];
    readonly integratedGradients: { steps: number; values: number[][]; sum: number[]; logitDifference: number[] };
    readonly smoothGrad: { samples: number; values: number[][] };
    /** Every fourth pixel of every fourth row. */
    readonly occlusion: { window: number; stride: number; values: number[][] };
    readonly rise: { masks: number; grid: number; keep: number; values: number[][] };
  };
}

/** Of the largest value. */
const TOLERANCE = 1e-3;
/** Of a probability near 1, twice: of a difference. */
const FLOAT32_ROUNDING = 2.5e-7;
const PIXELS = 32 * 32;

export function describeInputOracle(start: () => unknown): void {
  const shared = sharedFolder();
  if (shared === undefined) {
    it.skip('the real ResNet-20 (shared folder) is not there');
    return;
  }
  const network = explainedNetwork(shared);
  const oracle = JSON.parse(readFileSync(network.explanations, 'utf8')) as Oracle;
  const { inputs } = oracle;
  const input = { inputSize: 32, mean: oracle.mean, std: oracle.std };
  const model = createModel(network.architecture, 32, 10);
  let weights: TensorWeights;
  let images: tf.Tensor4D;
  beforeAll(async () => {
    await start();
    weights = loadWeights((await readCheckpoint({ path: network.weights }, model)).weights);
    const { test } = await loadTestImages({ kind: 'cifar10', folder: join(shared, 'data', 'cifar10') });
    const first = (oracle.images[0] as number) * 3 * PIXELS;
    images = toInput(inMemory(test).pixels.subarray(first, first + 2 * 3 * PIXELS), 2, 32, 32, input);
  });
  afterAll(() => {
    disposeWeights(weights);
    images.dispose();
  });

  /** Of the predicted class; of one image alone where it is named. */
  async function explain(
    method: ExplanationMethod | string,
    parameters: Record<string, number | string>,
    options: { readonly image?: number; readonly signal?: AbortSignal } = {},
  ): Promise<ExplainedBatch> {
    const id = typeof method === 'string' ? method : method.id;
    const chosen = { ...chooseMethod(id, parameters), ...(typeof method === 'object' && { method }) };
    const explained: Explained = { model, method: chosen, targetLayer: explainedLayer(model, chosen, 'auto') };
    const { image } = options;
    const some = image === undefined ? images.clone() : tf.slice(images, image, 1);
    try {
      const targets = Array.from({ length: some.shape[0] }, () => undefined);
      return await explainOneClass(explained, weights, some, input, targets, options.signal);
    } finally {
      some.dispose();
    }
  }

  function expectMaps({ maps }: ExplainedBatch, expected: readonly (readonly number[])[]): void {
    for (const [image, map] of expected.entries())
      expect(relativeError(maps.slice(image * PIXELS, (image + 1) * PIXELS), map)).toBeLessThan(TOLERANCE);
  }

  it('the gradient itself, with its sign, of the predicted class', async () => {
    const gradient = inputMethod({
      ...(chooseMethod('input_x_gradient').method as ReturnType<typeof inputMethod>),
      parameters: NO_PARAMETERS,
      map: (ops, _, sum) => ops.sum(sum, 3),
    });
    const found = await explain(gradient, {});
    expect([...found.targets]).toEqual(oracle.predicted.slice(0, 2));
    expectMaps(found, inputs.gradient.map(overChannels));
  });

  it('Input × gradient', async () => {
    const values = await images.data();
    const products = inputs.gradient.map((gradient, image) =>
      gradient.map((value, at) => {
        const [channel, pixel] = [Math.floor(at / PIXELS), at % PIXELS];
        return value * (values[(image * PIXELS + pixel) * 3 + channel] as number);
      }),
    );
    expectMaps(await explain('input_x_gradient', {}), products.map(overChannels));
  });

  it('Integrated Gradients, and what they sum to', async () => {
    const { steps, values, sum, logitDifference } = inputs.integratedGradients;
    const found = await explain('integrated_gradients', { steps });
    expectMaps(found, values.map(overChannels));
    for (const image of [0, 1]) {
      const difference = logitDifference[image] as number;
      const limit = TOLERANCE * Math.abs(difference);
      expect(Math.abs(sumOf(found, image) - (sum[image] as number))).toBeLessThan(limit);
      expect(Math.abs((found.expectedSums?.[image] as number) - difference)).toBeLessThan(limit);
    }
  });

  it.each(['mean', 'blur'])(
    'Integrated Gradients from the baseline %s sum to their own difference',
    async (baseline) => {
      const found = await explain('integrated_gradients', { baseline, steps: 200 }, { image: 1 });
      const difference = found.expectedSums?.[0] as number;
      expect(Math.abs(sumOf(found, 0) - difference)).toBeLessThan(0.03 * Math.abs(difference));
    },
  );

  it('SmoothGrad with the given draws', async () => {
    const { samples, values } = inputs.smoothGrad;
    for (const image of [0, 1]) {
      const found = await explain(createSmoothGrad(givenNoise(image)), { samples }, { image });
      expectMaps(found, [sizes(values[image] as number[])]);
    }
  });

  it('SmoothGrad’s own draws are the same whatever an image is computed with, and others of another seed', async () => {
    const together = await explain('smoothgrad', { samples: 3 });
    const alone = await explain('smoothgrad', { samples: 3 }, { image: 1 });
    expectMaps(alone, [[...together.maps.slice(PIXELS)]]);
    const other = await explain('smoothgrad', { samples: 3, seed: 2 }, { image: 1 });
    expect(relativeError(other.maps, [...alone.maps])).toBeGreaterThan(0.05);
  });

  it('Occlusion', async () => {
    const { window, stride, values } = inputs.occlusion;
    const { maps } = await explain('occlusion', { window, stride });
    const some = maps.filter((_, pixel) => (Math.floor(pixel / 32) % 4) + (pixel % 4) === 0);
    // The drops of a sure prediction are of the size of float32's rounding of a probability, in which the oracle computes.
    values.forEach((map, image) =>
      map.forEach((value, at) => {
        const limit = Math.max(TOLERANCE * Math.max(...map.map(Math.abs)), FLOAT32_ROUNDING);
        expect(Math.abs((some[64 * image + at] as number) - value)).toBeLessThan(limit);
      }),
    );
  });

  it('RISE with the given draws', async () => {
    const { masks, grid, keep, values } = inputs.rise;
    const given = createRise((mask, cells) => ({
      cells: uniform(`rise-${mask}`, cells),
      shift: [...uniform(`rise-shift-${mask}`, 2)] as [number, number],
    }));
    expectMaps(await explain(given, { masks, grid, keep }), values);
  });

  it('KernelSHAP of nine cells, from all their sets and thus exact', async () => {
    const all = await explain('kernel_shap', { grid: 3, samples: 510 });
    // The order of their regression's rows apart, more samples add nothing.
    expectMaps(
      await explain('kernel_shap', { grid: 3, samples: 5000, seed: 9 }),
      [0, 1].map((image) => [...all.maps.slice(image * PIXELS, (image + 1) * PIXELS)]),
    );
    const some = await explain('kernel_shap', { grid: 3, samples: 200 });
    for (const found of [all, some])
      for (const image of [0, 1]) expect(sumOf(found, image)).toBeCloseTo(await wholeMinusHidden(image), 4);
  });

  it.each(['integrated_gradients', 'smoothgrad', 'occlusion', 'rise', 'kernel_shap'])(
    '%s stops where it is cancelled',
    async (id) => {
      await expect(explain(id, {}, { signal: AbortSignal.abort() })).rejects.toThrow(CancelledError);
    },
  );

  /** p(image) − p(mean colour), by an occlusion of the whole image. */
  async function wholeMinusHidden(image: number): Promise<number> {
    const { maps } = await explain('occlusion', { window: 32, stride: 1 }, { image });
    return maps[0] as number;
  }
}

function sumOf({ maps }: ExplainedBatch, image: number): number {
  return maps.slice(image * PIXELS, (image + 1) * PIXELS).reduce((a, b) => a + b, 0);
}

/** As the oracle draws them, both images' at once: [2, 3, 32, 32]. */
function givenNoise(image: number): DrawNoise {
  return (sample) => {
    const [radius, angle] = ['r', 'a'].map((which) => uniform(`smoothgrad-${sample}-${which}`, 2 * 3 * PIXELS));
    return Float64Array.from({ length: 3 * PIXELS }, (_, at) => {
      const [pixel, channel] = [Math.floor(at / 3), at % 3];
      const place = (image * 3 + channel) * PIXELS + pixel;
      return Math.sqrt(-2 * Math.log(1 - (radius?.[place] ?? 0))) * Math.cos(2 * Math.PI * (angle?.[place] ?? 0));
    });
  };
}

/** The sum over channels of [3, 32, 32]. */
function overChannels(values: readonly number[]): number[] {
  return Array.from({ length: PIXELS }, (_, i) =>
    [0, 1, 2].reduce((sum, c) => sum + (values[c * PIXELS + i] as number), 0),
  );
}

function sizes(values: readonly number[]): number[] {
  return overChannels(values.map(Math.abs));
}
