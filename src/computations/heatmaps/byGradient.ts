/** Maps from the gradients by the activations of a layer. */
import * as tf from '@tensorflow/tfjs-core';
import type { LayerMethod } from '../../explanations';
import { infer, type LayerHook, type TensorWeights } from '../../models/forward';
import { isRectified, type Explained } from './explained';

interface MapsByGradient {
  /** [copies · n, classes] */
  readonly logits: tf.Tensor2D;
  /** [copies · n, height, width] */
  readonly maps: tf.Tensor3D;
}

/**
 * The number that is differentiated, a sum over images of one class's logit each.
 * @param unchanged the logits of the images themselves, by which a class may be chosen
 */
type Objective = (logits: tf.Tensor2D, unchanged: tf.Tensor2D) => tf.Scalar;

/**
 * Call it in a tidy.
 * @param copies how often each image goes on, one batch after the other: once for each class that is explained
 */
export function mapsByGradient(
  explained: Explained,
  weights: TensorWeights,
  images: tf.Tensor4D,
  copies: number,
  objective: Objective,
): MapsByGradient {
  const { model, method, targetLayer } = explained;
  const { name, height, width, channels } = targetLayer;
  let activations!: tf.Tensor4D;
  let logits!: tf.Tensor2D;
  // The gradient by something added to the feature map is the gradient by the feature map.
  const ofAdded = (added: tf.Tensor): tf.Scalar => {
    const hook: LayerHook = (layer, features) => {
      if (layer !== name) return features;
      activations = tf.keep(repeated(features, copies));
      return tf.add(activations, added);
    };
    logits = tf.keep(infer(model, weights, images, hook));
    return objective(logits, logits);
  };
  const gradients = tf.grad(ofAdded)(tf.zeros([copies * images.shape[0], height, width, channels])) as tf.Tensor4D;
  // `tf.grad` disposes what its function makes, so both are kept until the caller's tidy has copies of its own.
  const copied = { logits: tf.clone(logits), activations: tf.clone(activations) };
  tf.dispose([logits, activations]);
  const layerMethod = method.method as LayerMethod;
  const map = layerMethod.map(tf, { activations: copied.activations, gradients }, method.parameters);
  return { logits: copied.logits, maps: (isRectified(explained) ? tf.relu(map) : map) as tf.Tensor3D };
}

function repeated(x: tf.Tensor4D, copies: number): tf.Tensor4D {
  return copies === 1 ? x : tf.tile(x, [copies, 1, 1, 1]);
}
