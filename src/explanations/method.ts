/** What an explanation method declares of itself. A method is a record in a file of its own, listed in `index.ts`. */
import type * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod/mini';

/** TensorFlow.js's operations, given as a value: the editor and the pages read these records without an engine. */
export type Operations = typeof tf;

interface Described<Parameters extends z.core.$ZodObject> {
  /** As its authors write it, in lower case. Study files and kept results name it: it never changes. */
  readonly id: string;
  /** As a person reads it: "Grad-CAM". */
  readonly name: string;
  /** What the map shows, in one sentence. */
  readonly description: string;
  /** The paper: "Selvaraju et al. 2017". */
  readonly source: string;
  /** Another number whenever the same inputs come to mean other maps: maps of an earlier version are not shown. */
  readonly version: number;
  /**
   * Each with a default, a range and a description. They are part of a kept map's key; a method that draws random
   * numbers has a `seed` among them.
   */
  readonly parameters: Parameters;
  /** Whether the published map keeps positive values only. `map` returns it before: rankings need its sign. */
  readonly rectified: boolean;
  /** How many gradients one map of one class takes; 1 where absent. */
  gradientsEach?(parameters: z.output<Parameters>): number;
}

/** A map at the resolution of the layer, from its activations and their gradient. */
export interface LayerMethod<Parameters extends z.core.$ZodObject = z.core.$ZodObject> extends Described<Parameters> {
  readonly needs: 'activationsAndGradients';
  readonly resolution: 'layer';
  /** @returns [n, height, width] */
  map(tf: Operations, layer: LayerTensors, parameters: z.output<Parameters>): tf.Tensor;
  /**
   * The weight of every channel where the gradient is the same at all positions: the map is then the activations' sum
   * over channels with these weights, and needs no backward pass. Absent where that depends on the activations. Methods
   * that share one function here give the same map behind average pooling and a linear layer.
   */
  readonly channelWeights?: ChannelWeights;
}

/** @param gradients [channels, classes] @returns [channels, classes] */
export type ChannelWeights = (tf: Operations, gradients: tf.Tensor2D) => tf.Tensor;

/** Of a method that is linear in the gradient. */
export const GRADIENTS_AS_WEIGHTS: ChannelWeights = (_, gradients) => gradients;

export interface LayerTensors {
  /** [n, height, width, channels] */
  readonly activations: tf.Tensor4D;
  /** Of the explained class's logit by the activations, of the same shape. */
  readonly gradients: tf.Tensor4D;
}

/** A map at the resolution of the input, from gradients by the image. */
export interface InputMethod<Parameters extends z.core.$ZodObject = z.core.$ZodObject> extends Described<Parameters> {
  readonly needs: 'inputGradient';
  readonly resolution: 'input';
  /** @returns [n, height, width] */
  map(tf: Operations, input: InputTensors, parameters: z.output<Parameters>): tf.Tensor;
}

export interface InputTensors {
  /** Normalised, [n, height, width, 3]. */
  readonly images: tf.Tensor4D;
  /** Of each image's explained class's logit, by images of the same shape; as often as the method needs it. */
  readonly gradientAt: (images: tf.Tensor4D) => tf.Tensor4D;
}

export type ExplanationMethod = LayerMethod | InputMethod;

/** For a method without settings. */
export const NO_PARAMETERS = z.strictObject({});

type Declared<Method> = Omit<Method, 'needs' | 'resolution'>;

/** Declares a method that needs activations and gradients. Its `map` sees its parameters by their types. */
export function layerMethod<Parameters extends z.core.$ZodObject>(
  declared: Declared<LayerMethod<Parameters>>,
): LayerMethod {
  // Parameters reach `map` only through `chooseMethod`, which parses them by this method's own schema.
  return { ...declared, needs: 'activationsAndGradients', resolution: 'layer' };
}

/** Declares a method that needs gradients by the image. */
export function inputMethod<Parameters extends z.core.$ZodObject>(
  declared: Declared<InputMethod<Parameters>>,
): InputMethod {
  return { ...declared, needs: 'inputGradient', resolution: 'input' };
}
