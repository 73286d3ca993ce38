/** What the graph of an ONNX file takes beside the architecture of ours that was written into it. */
import * as tf from '@tensorflow/tfjs-core';
import type { ArchitectureName } from '../../../src/architectures';
import { mapsOfAllClasses } from '../../../src/computations/heatmaps/classMaps';
import { chooseMethod } from '../../../src/explanations';
import { loadWeights, predict } from '../../../src/models/forward';
import { createModel, type Model } from '../../../src/models/model';
import { requireTargetLayer } from '../../../src/models/targetLayer';
import { fromStateDict, initialState, type StateDict, type Weights } from '../../../src/models/weights';
import { readNetworkWithState } from '../../../src/networks';
import { createTrainer } from '../../../src/training/trainer';
import { randomImages } from '../computing';
import { median } from '../statistics';

export interface OnnxArgument {
  readonly architecture: ArchitectureName;
  readonly inputSize: number;
  readonly batchSize: number;
  /** What `exportOnnx` wrote of it. */
  readonly path: string;
  readonly rounds: number;
}

/** Milliseconds an image; ratios are medians of the rounds' own. */
export interface OnnxCosts {
  readonly forward: number;
  readonly train: number;
  readonly gradCam: number;
  /** Of the graph over ours. */
  readonly forwardRatio: number;
  readonly trainRatio: number;
  /** Grad-CAM of all classes over the forward pass, of the graph. */
  readonly gradCamRatio: number;
  /** Milliseconds that the file takes to read. */
  readonly import: number;
}

const HYPERPARAMETERS = { learningRate: 0.01, momentum: 0.9, weightDecay: 5e-4 };
const TURN_SECONDS = 1;

export async function measureOnnx({
  architecture,
  inputSize,
  batchSize,
  path,
  rounds,
}: OnnxArgument): Promise<OnnxCosts> {
  const ours = createModel(architecture, inputSize, 10);
  const state = initialState(ours, 1);
  const begin = performance.now();
  const { network, state: read } = await readNetworkWithState(path, inputSize);
  const importing = performance.now() - begin;
  const graph = createModel(network, inputSize, 10);
  const images = randomImages(batchSize, inputSize);
  const first = prepareAll(ours, fromStateDict(ours, state, 0), images);
  const second = prepareAll(graph, fromStateDict(graph, read as StateDict, 0), images);
  const pairs = {
    forward: turns(first.forward, second.forward, rounds),
    train: turns(first.train, second.train, rounds),
  };
  const cam = turns(second.forward, second.gradCam, rounds);
  const each = (values: readonly number[]): number => median(values) / batchSize;
  const ratio = (turn: Turns): number => median(turn.map(([a, b]) => b / a));
  return {
    forward: each(pairs.forward.map(([, graphs]) => graphs)),
    train: each(pairs.train.map(([, graphs]) => graphs)),
    gradCam: each(cam.map(([, maps]) => maps)),
    forwardRatio: ratio(pairs.forward),
    trainRatio: ratio(pairs.train),
    gradCamRatio: ratio(cam),
    import: importing,
  };
}

type Turns = readonly (readonly [number, number])[];

/** Milliseconds of a step of each, by turns, once both are warm. */
function turns(one: () => void, other: () => void, rounds: number): Turns {
  const steps = [one, other].map((step) => Math.max(1, Math.round((1000 * TURN_SECONDS) / warmUp(step))));
  return Array.from(
    { length: rounds },
    () => [timed(one, steps[0] as number), timed(other, steps[1] as number)] as const,
  );
}

/** An engine may make a graph once it has been asked for long enough. @returns milliseconds of a step */
function warmUp(step: () => void): number {
  const begin = performance.now();
  for (let call = 0; call < 8 && performance.now() - begin < 4000; call++) step();
  return timed(step, 2);
}

function timed(step: () => void, times: number): number {
  const begin = performance.now();
  for (let time = 0; time < times; time++) step();
  return (performance.now() - begin) / times;
}

function prepareAll(model: Model, weights: Weights, images: tf.Tensor4D) {
  const loaded = loadWeights(weights);
  const labels = tf.tensor1d(
    Int32Array.from({ length: images.shape[0] }, (_, index) => index % 10),
    'int32',
  );
  const trainer = createTrainer(model, weights);
  const explained = { model, method: chooseMethod('gradcam'), targetLayer: requireTargetLayer(model, 'auto') };
  return {
    forward: () => {
      const logits = predict(model, loaded, images);
      logits.dataSync();
      logits.dispose();
    },
    train: () => {
      trainer.step({ images, labels }, HYPERPARAMETERS);
    },
    gradCam: () => {
      const { logits, maps } = mapsOfAllClasses(explained, loaded, images);
      maps.dataSync();
      tf.dispose([logits, maps]);
    },
  };
}
