import { X_GRAD_CAM } from './descriptions/xGradCam';
import { GRADIENTS_AS_WEIGHTS, layerMethod } from './method';

/** A sum that is smaller than this share of the absolute values' sum is what rounding leaves of nought. */
const ROUNDING = 1e-6;

/**
 * XGrad-CAM: w_k = Σ ∂y_c/∂A_k·A_k / ΣA_k, map = ReLU(Σ_k w_k·A_k). Where activations of both signs sum to nought, as
 * they can after SiLU, the weight is the gradient's mean, to which it is equal wherever the gradient is constant.
 */
export const xGradCam = layerMethod({
  ...X_GRAD_CAM,
  map(tf, { activations, gradients }) {
    const sums = tf.sum(activations, [1, 2], true);
    const isNought = tf.lessEqual(tf.abs(sums), tf.mul(tf.sum(tf.abs(activations), [1, 2], true), ROUNDING));
    const divisors = tf.add(sums, tf.cast(isNought, 'float32'));
    const shares = tf.div(tf.sum(tf.mul(activations, gradients), [1, 2], true), divisors);
    const weights = tf.where(isNought, tf.mean(gradients, [1, 2], true), shares);
    return tf.sum(tf.mul(activations, weights), 3);
  },
  channelWeights: GRADIENTS_AS_WEIGHTS,
});
