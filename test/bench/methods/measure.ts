/** What every explanation method costs an image, beside the passes through the network that it takes. */
import * as tf from '@tensorflow/tfjs-core';
import { explainedLayer, closedForm, type Explained } from '../../../src/computations/heatmaps/explained';
import { mapsAtOnce } from '../../../src/computations/heatmaps/batches';
import { gradientByImages } from '../../../src/computations/heatmaps/inputGradients';
import { explainOneClass } from '../../../src/computations/heatmaps/oneClass';
import { chooseMethod, METHODS, passesOf, type Passes } from '../../../src/explanations';
import { loadWeights, predict } from '../../../src/models/forward';
import { inferenceBatchSize } from '../../../src/models/memory/inference';
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import { randomImages } from '../computing';
import type { Case } from '../protocol';
import { median } from '../statistics';

export interface MethodCost {
  readonly name: string;
  /** The layer's name, or "input". */
  readonly layer: string;
  /** Of one class of an image. */
  readonly passes: Passes;
  /** An image, with the method's defaults. */
  readonly milliseconds: number;
  /** How many times as long as its passes take by themselves: the median of the ratios within a round. */
  readonly ratio: number;
}

export interface MethodCosts {
  /** An image, in batches as large as are explained. */
  readonly forward: number;
  /** A forward and a backward pass to the image. */
  readonly gradient: number;
  readonly methods: readonly MethodCost[];
}

/** In which an engine has made its graphs too. */
const WARM_UP_SECONDS = 3;
/** As `explainAtCheckpoint` has them. */
const MOST_IMAGES = 64;

interface Work {
  readonly run: () => Promise<void> | void;
  readonly images: number;
  readonly samples: number[];
}

export async function measureMethods({
  rounds,
  architecture,
  inputSize,
}: Case & { readonly rounds: number }): Promise<MethodCosts> {
  const model = createModel(architecture, inputSize, 10);
  const weights = loadWeights(initialWeights(model, 1));
  const input = { inputSize, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
  const batch = inferenceBatchSize(model);
  const images = randomImages(batch, inputSize);
  const targets = tf.zeros<tf.Rank.R1>([batch], 'int32');
  const forward = work(batch, () => read(predict(model, weights, images)));
  const gradient = work(batch, () => read(gradientByImages(model, weights, images, targets)));
  const inner = model.targetLayers.at(-2)?.name ?? 'auto';
  const methods = METHODS.flatMap(({ id, resolution }) =>
    (resolution === 'layer' ? ['auto', inner] : ['auto']).map((layer) => {
      const method = chooseMethod(id);
      const explained: Explained = { model, method, targetLayer: explainedLayer(model, method, layer) };
      const count = Math.min(batch, mapsAtOnce(explained, Math.min(MOST_IMAGES, batch)));
      const some = tf.slice(images, 0, count);
      const classes = Array.from({ length: count }, () => 0);
      const isClosedForm = closedForm(explained) !== undefined;
      const { forward: forwards, backward } = passesOf(method, { ...model, classes: 1 }, isClosedForm);
      return {
        ...work(count, async () => {
          await explainOneClass(explained, weights, some, input, classes);
        }),
        name: method.method.name,
        layer: explained.targetLayer.name,
        passes: { forward: forwards, backward },
      };
    }),
  );
  const all: Work[] = [forward, gradient, ...methods];
  for (const each of all)
    for (const begin = performance.now(); performance.now() - begin < 1000 * WARM_UP_SECONDS;) await each.run();
  for (let round = 0; round < rounds; round++) {
    for (const { run, images: count, samples } of all) {
      const begin = performance.now();
      await run();
      samples.push((performance.now() - begin) / count);
    }
  }
  return {
    forward: median(forward.samples),
    gradient: median(gradient.samples),
    methods: methods.map(({ name, layer, passes, samples }) => {
      const ofPasses = (round: number): number =>
        (passes.forward - passes.backward) * (forward.samples[round] as number) +
        passes.backward * (gradient.samples[round] as number);
      return {
        name,
        layer,
        passes,
        milliseconds: median(samples),
        ratio: median(samples.map((time, round) => time / ofPasses(round))),
      };
    }),
  };
}

function work(images: number, run: Work['run']): Work {
  return { images, run, samples: [] };
}

function read(tensor: tf.Tensor): void {
  tensor.dataSync();
  tensor.dispose();
}
