/** The work itself, in the engine that is running in this process. */
import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '../../src/common/random';
import { mapsOfAllClasses } from '../../src/computations/heatmaps/classMaps';
import { chooseMethod } from '../../src/explanations';
import { requireTargetLayer } from '../../src/models/targetLayer';
import { loadWeights, predict } from '../../src/models/forward';
import { createModel, type Model } from '../../src/models/model';
import { initialWeights } from '../../src/models/weights';
import { createTrainer } from '../../src/training/trainer';
import type { Request } from './protocol';

const SEED = 1;
const WARM_UP = { calls: 8, seconds: 0.7, mostSeconds: 6 };
const HYPERPARAMETERS = { learningRate: 0.01, momentum: 0.9, weightDecay: 5e-4 };

/** Makes model and batch, and gives a function that works through the batch once and waits for the result. */
export function prepare({ work, architecture, inputSize, batchSize }: Omit<Request, 'steps'>): () => void {
  const model = createModel(architecture, inputSize, 10);
  const images = randomImages(batchSize, inputSize);
  switch (work) {
    case 'train':
      return prepareTraining(model, images);
    case 'forward':
      return prepareForward(model, images);
    case 'gradCam':
      return prepareGradCam(model, images);
    case 'trainChannelsLast':
    case 'inputGradient':
    case 'integratedGradients':
      throw new Error('only PyTorch is measured by this');
  }
}

/** As an epoch does it, with the batch already in the engine. */
function prepareTraining(model: Model, images: tf.Tensor4D): () => void {
  const labels = tf.tensor1d(
    Int32Array.from({ length: images.shape[0] }, (_, index) => index % 10),
    'int32',
  );
  const trainer = createTrainer(model, initialWeights(model, SEED));
  return () => {
    trainer.step({ images, labels }, HYPERPARAMETERS);
  };
}

function prepareForward(model: Model, images: tf.Tensor4D): () => void {
  const weights = loadWeights(initialWeights(model, SEED));
  return () => {
    const logits = predict(model, weights, images);
    logits.dataSync();
    logits.dispose();
  };
}

/** The maps of all ten classes, read back with the logits. */
function prepareGradCam(model: Model, images: tf.Tensor4D): () => void {
  const weights = loadWeights(initialWeights(model, SEED));
  const explained = { model, method: chooseMethod('gradcam'), targetLayer: requireTargetLayer(model, 'auto') };
  const step = (): void => {
    const { logits, maps } = mapsOfAllClasses(explained, weights, images);
    logits.dataSync();
    maps.dataSync();
    tf.dispose([logits, maps]);
  };
  // An engine may prepare what makes it fast once it has been asked for long enough to be worth it.
  const begin = performance.now();
  const seconds = (): number => (performance.now() - begin) / 1000;
  for (let call = 0; seconds() < (call < WARM_UP.calls ? WARM_UP.mostSeconds : WARM_UP.seconds); call++) step();
  return step;
}

/** About what normalised photographs are like: mean 0, standard deviation 1. */
export function randomImages(count: number, size: number): tf.Tensor4D {
  const random = createRandom('bench', size);
  const values = Float32Array.from({ length: count * size * size * 3 }, () => random.normal());
  return tf.tensor4d(values, [count, size, size, 3]);
}
