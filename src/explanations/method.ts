/** What makes a method's maps, beside its description. A method is a record in a file of its own, listed in `index.ts`. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Size } from '../imaging/placement';
import type { InputDescription, LayerDescription, PredictionDescription } from './descriptions/description';
import type { ParameterProblem, ParameterRecords, ParameterValues } from './descriptions/parameters';

/** TensorFlow.js's operations, given as a value: the editor and the pages read these records without an engine. */
export type Operations = typeof tf;

/** What every kind of method may have. */
interface Fitting<Parameters extends ParameterRecords> {
  /** What of the parameters cannot be at this size of the input, such as a window larger than the image. */
  problem?(parameters: ParameterValues<Parameters>, input: Size): ParameterProblem | undefined;
}

/** A map at the resolution of the layer, from its activations and their gradient. */
export interface LayerMethod<Parameters extends ParameterRecords = ParameterRecords>
  extends LayerDescription<Parameters>, Fitting<Parameters> {
  /** @returns [n, height, width] */
  map(tf: Operations, layer: LayerTensors, parameters: ParameterValues<Parameters>): tf.Tensor;
  /**
   * The weight of every channel where the gradient is the same at all positions: the map is then the activations' sum
   * over channels with these weights, and needs no backward pass. Methods with a `closedForm` have it.
   */
  readonly channelWeights?: ChannelWeights;
}

/**
 * @param gradients [channels, classes]
 * @param activations for weights that depend on the image
 * @returns [channels, classes], or [n, channels, classes] where they do
 */
export type ChannelWeights = (tf: Operations, gradients: tf.Tensor2D, activations: SummedActivations) => tf.Tensor;

export interface SummedActivations {
  /** height · width */
  readonly positions: number;
  /** Over positions, [n, channels, 1]. */
  readonly sums: () => tf.Tensor;
}

/** Of a method whose closed form is linear in the gradient. */
export const GRADIENTS_AS_WEIGHTS: ChannelWeights = (_, gradients) => gradients;

export interface LayerTensors {
  /** [n, height, width, channels] */
  readonly activations: tf.Tensor4D;
  /** Of the explained class's logit by the activations, of the same shape. */
  readonly gradients: tf.Tensor4D;
}

/** A map at the resolution of the input, from a weighted sum of gradients by the image, taken at points near it. */
export interface InputMethod<Parameters extends ParameterRecords = ParameterRecords>
  extends InputDescription<Parameters>, Fitting<Parameters> {
  /** How many gradients a map takes. */
  steps(parameters: ParameterValues<Parameters>): number;
  /** Where a gradient is taken, from step 0, and its weight in the sum. */
  point(tf: Operations, input: PathTensors, step: number, parameters: ParameterValues<Parameters>): GradientPoint;
  /**
   * @param gradient the weighted sum, [n, height, width, 3]
   * @returns [n, height, width]
   */
  map(tf: Operations, input: PathTensors, gradient: tf.Tensor4D, parameters: ParameterValues<Parameters>): tf.Tensor;
  /**
   * Of a method whose map sums to the difference of the class's logit between the image and a baseline: the baseline,
   * as the network takes it, of the images' shape. How far the sum is from it is the completeness gap.
   */
  baseline?(tf: Operations, input: InputTensors, parameters: ParameterValues<Parameters>): tf.Tensor4D;
}

export interface InputTensors {
  /** As the network takes them, [n, height, width, 3]. */
  readonly images: tf.Tensor4D;
  /** The same, 0 … 1. */
  readonly pixels: tf.Tensor4D;
  /** From 0 … 1 to what the network takes. */
  readonly normalise: (pixels: tf.Tensor4D) => tf.Tensor4D;
}

export interface PathTensors extends InputTensors {
  /** The method's; of a method that has none, the images themselves. */
  readonly baseline: tf.Tensor4D;
}

export interface GradientPoint {
  /** As the network takes them, of the images' shape. */
  readonly images: tf.Tensor4D;
  readonly weight: number;
}

/** A map at the resolution of the input, of one image at a time, from predictions alone. */
export interface PredictionMethod<Parameters extends ParameterRecords = ParameterRecords>
  extends PredictionDescription<Parameters>, Fitting<Parameters> {
  /** How many altered images are predicted for a map. */
  predictions(parameters: ParameterValues<Parameters>, input: Size): number;
  /** @returns [height · width] @throws CancelledError */
  map(probe: Probe, parameters: ParameterValues<Parameters>): Promise<Float32Array>;
}

/** An image, and what the network makes of altered copies of it. */
export interface Probe extends Size {
  /** RGB, 0 … 255, at the network's input size, [height, width, 3]. */
  readonly pixels: Float32Array;
  /** The explained class's, of the image as it is. */
  readonly probability: number;
  /**
   * The explained class's probability of so many altered images, batch by batch.
   * @param draw writes an image: RGB, 0 … 255, [height, width, 3]; it is given a copy of `pixels`
   * @returns [count] @throws CancelledError between two batches
   */
  readonly probabilities: (count: number, draw: (index: number, image: Float32Array) => void) => Promise<Float32Array>;
}

export type ExplanationMethod = LayerMethod | InputMethod | PredictionMethod;

type Declared<Method> = Omit<Method, 'needs' | 'resolution'>;

// Parameters reach a method's functions only through `chooseMethod`, which parses them by this method's own records.

/** Declares a method that needs activations and gradients. Its functions see its parameters by their types. */
export function layerMethod<const Parameters extends ParameterRecords>(
  declared: Declared<LayerMethod<Parameters>>,
): LayerMethod {
  return { ...declared, needs: 'activationsAndGradients', resolution: 'layer' };
}

/** Declares a method that needs gradients by the image. */
export function inputMethod<const Parameters extends ParameterRecords>(
  declared: Declared<InputMethod<Parameters>>,
): InputMethod {
  return { ...declared, needs: 'inputGradient', resolution: 'input' };
}

/** Declares a method that needs predictions alone. */
export function predictionMethod<const Parameters extends ParameterRecords>(
  declared: Declared<PredictionMethod<Parameters>>,
): PredictionMethod {
  return { ...declared, needs: 'predictions', resolution: 'input' };
}
