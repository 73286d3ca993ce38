import type * as tfTypes from '@tensorflow/tfjs-core';
import { GRAD_CAM_PLUS_PLUS } from './descriptions/gradCamPlusPlus';
import { layerMethod, type Operations } from './method';

/** Keeps the denominator from nought, as pytorch-grad-cam does. Where gradients are small, it is what counts. */
const EPSILON = 1e-6;

/**
 * Grad-CAM++ as pytorch-grad-cam has it, one of four published variants: with g = ∂y_c/∂A_k by position,
 * α = g² / (2g² + g³·ΣA_k + 1e-6), w_k = Σ α·ReLU(g), map = ReLU(Σ_k w_k·A_k).
 */
export const gradCamPlusPlus = layerMethod({
  ...GRAD_CAM_PLUS_PLUS,
  map(tf, { activations, gradients }) {
    const weighted = weightedGradients(tf, gradients, tf.sum(activations, [1, 2], true));
    return tf.sum(tf.mul(activations, tf.sum(weighted, [1, 2], true)), 3);
  },
  channelWeights: (tf, gradients, { positions, sums }) => tf.mul(weightedGradients(tf, gradients, sums()), positions),
});

/** α·ReLU(g): nought where the gradient is not positive, so that α's own sign there does not matter. */
function weightedGradients(tf: Operations, gradients: tfTypes.Tensor, sums: tfTypes.Tensor): tfTypes.Tensor {
  const positive = tf.relu(gradients);
  const squares = tf.square(positive);
  const denominator = tf.add(tf.mul(squares, tf.add(tf.mul(positive, sums), 2)), EPSILON);
  return tf.mul(positive, tf.div(squares, denominator));
}
