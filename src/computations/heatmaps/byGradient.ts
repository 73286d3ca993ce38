/** Maps from the gradients by the activations of a layer, or of several at once. */
import * as tf from '@tensorflow/tfjs-core';
import type { LayerMethod } from '../../explanations';
import { infer, type LayerHook, type TensorWeights } from '../../models/forward';
import { isRectified, type Explained } from './explained';
import { fuseMaps } from './fuse';

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
  const { fusion, ...single } = targetLayer;
  const layers = fusion?.layers ?? [single];
  const activations: tf.Tensor4D[] = [];
  let logits!: tf.Tensor2D;
  // The gradient by something added to the feature map is the gradient by the feature map.
  const ofAdded = (...added: tf.Tensor[]): tf.Scalar => {
    const hook: LayerHook = (name, features) => {
      const at = layers.findIndex((layer) => layer.name === name);
      if (at === -1) return features;
      // Images go on as copies from the first of the layers.
      activations[at] = tf.keep(at === 0 ? repeated(features, copies) : tf.clone(features));
      return tf.add(activations[at], added[at] as tf.Tensor);
    };
    logits = tf.keep(infer(model, weights, images, hook));
    return objective(logits, logits);
  };
  const zeros = layers.map(({ height, width, channels }) =>
    tf.zeros([copies * images.shape[0], height, width, channels]),
  );
  const gradients = tf.grads(ofAdded)(zeros) as tf.Tensor4D[];
  // `tf.grads` disposes what its function makes, so all are kept until the caller's tidy has copies of its own.
  const copied = { logits: tf.clone(logits), activations: activations.map((each) => tf.clone(each)) };
  tf.dispose([logits, ...activations]);
  const layerMethod = method.method as LayerMethod;
  const maps = copied.activations.map((ofLayer, at) => {
    const tensors = { activations: ofLayer, gradients: gradients[at] as tf.Tensor4D };
    const map = layerMethod.map(tf, tensors, method.parameters);
    return (isRectified(explained) ? tf.relu(map) : map) as tf.Tensor3D;
  });
  return {
    logits: copied.logits,
    maps: fusion === undefined ? (maps[0] as tf.Tensor3D) : fuseMaps(fusion.rule, maps, targetLayer),
  };
}

function repeated(x: tf.Tensor4D, copies: number): tf.Tensor4D {
  return copies === 1 ? x : tf.tile(x, [copies, 1, 1, 1]);
}
