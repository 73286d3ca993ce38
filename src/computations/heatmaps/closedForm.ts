/** Maps behind average pooling and a linear layer, where the gradient is known without differentiating. */
import * as tf from '@tensorflow/tfjs-core';
import { classifierTensors } from '../../architectures';
import { infer, type TensorWeights } from '../../models/forward';
import type { Model } from '../../models/model';
import type { ChannelWeights } from '../../explanations';
import { isRectified, type Explained } from './explained';

/**
 * ∂y_c/∂A_k is W_kc/(h·w) at every position, so that all maps are one product of the activations with the channels'
 * weights. Call it in a tidy.
 * @param channelWeights the method's, see `closedForm`
 */
export function mapsInClosedForm(
  explained: Explained,
  channelWeights: ChannelWeights,
  weights: TensorWeights,
  images: tf.Tensor4D,
): { logits: tf.Tensor2D; maps: tf.Tensor4D } {
  const { model, targetLayer } = explained;
  const { name, height, width, channels } = targetLayer;
  let activations: tf.Tensor4D | undefined;
  const logits = infer(model, weights, images, (layer, features) => {
    if (layer === name) activations = features;
    return features;
  });
  const positions = height * width;
  const rows = tf.reshape<tf.Rank.R3>(activations as tf.Tensor4D, [-1, positions, channels]);
  const gradients = tf.div<tf.Tensor2D>(classifierWeights(model, weights), positions);
  const sums = () => tf.reshape(tf.sum(rows, 1), [-1, channels, 1]);
  const product = weighedSums(rows, channelWeights(tf, gradients, { positions, sums }));
  const ofClasses = tf.transpose(tf.reshape(product, [-1, positions, model.classes]), [0, 2, 1]);
  const maps = tf.reshape<tf.Rank.R4>(ofClasses, [-1, model.classes, height, width]);
  return { logits, maps: isRectified(explained) ? tf.relu(maps) : maps };
}

/**
 * @param rows [n, positions, channels]
 * @param weights [channels, classes], with which all images are one product, or [n, channels, classes]
 */
function weighedSums(rows: tf.Tensor3D, weights: tf.Tensor): tf.Tensor {
  return weights.rank === 3 ? tf.matMul(rows, weights) : tf.matMul(tf.reshape(rows, [-1, rows.shape[2]]), weights);
}

/** [channels, classes] */
function classifierWeights(model: Model, weights: TensorWeights): tf.Tensor2D {
  const [classifier] = classifierTensors(model.network, model.tensors);
  let offset = 0;
  for (const { tensor, shape, length } of model.parameters) {
    // Of a 1×1 convolution the positions are one.
    if (tensor.name === classifier && shape.at(-1) === model.classes)
      return tf.reshape<tf.Rank.R2>(tf.slice(weights.parameters, offset, length), [-1, model.classes]);
    offset += length;
  }
  throw new Error(`${model.network.name} has no linear classifier`);
}
