/** Whether a network from a file computes here what it computes where it comes from. */
import * as tf from '@tensorflow/tfjs-core';
import { disposeWeights, infer, loadWeights } from '../forward';
import type { Model } from '../model';
import type { Weights } from '../weights';

/** What the file's own program computed: onnxruntime, PyTorch, or a data set beside the file. */
export interface ReferenceOutputs {
  /** Normalised, as the file takes them: [count, 3, inputSize, inputSize]. */
  readonly images: Float32Array;
  readonly count: number;
  /** [count, classes] */
  readonly logits: Float32Array;
  /** Whether these are behind a softmax, which graphs that are read leave out. */
  readonly areProbabilities?: boolean;
}

export interface Verification {
  /** The largest difference between two logits. */
  readonly difference: number;
  /** The same over the largest of the reference's logits. */
  readonly relative: number;
  /** The first value of the graph that is no number, where there is one. */
  readonly firstNotFinite?: { readonly node: string; readonly operator: string } | undefined;
}

/** Runs the network once, operation by operation, in the engine of this process. */
export function verifyGraph(model: Model, weights: Weights, reference: ReferenceOutputs): Verification {
  const { images, count, logits, areProbabilities = false } = reference;
  const loaded = loadWeights(weights);
  let firstNotFinite: Verification['firstNotFinite'];
  const computed = tf.tidy(() => {
    const { inputSize } = model;
    const input = tf.transpose<tf.Tensor4D>(tf.tensor4d(images, [count, 3, inputSize, inputSize]), [0, 2, 3, 1]);
    const onValue = (value: tf.Tensor, node: { name: string; operator: string }): void => {
      if (firstNotFinite === undefined && !isFinite(value))
        firstNotFinite = { node: node.name, operator: node.operator };
    };
    const found = infer(model, loaded, input, undefined, onValue);
    return (areProbabilities ? tf.softmax(found) : found).dataSync();
  });
  disposeWeights(loaded);
  const difference = largest(Float32Array.from(computed, (value, index) => value - (logits[index] as number)));
  const scale = largest(logits);
  return { difference, relative: difference / scale, firstNotFinite };
}

function isFinite(x: tf.Tensor): boolean {
  return tf.tidy(() => tf.all(tf.isFinite(x)).dataSync()[0] === 1);
}

/** NaN where one is. */
function largest(values: Float32Array): number {
  return values.reduce((most, value) => (Math.abs(value) > most || Number.isNaN(value) ? Math.abs(value) : most), 0);
}
