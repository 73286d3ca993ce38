import { GRAD_CAM } from './descriptions/gradCam';
import { GRADIENTS_AS_WEIGHTS, layerMethod } from './method';

/** Grad-CAM: α_k = mean over positions of ∂y_c/∂A_k with y_c the logit, map = ReLU(Σ_k α_k·A_k). */
export const gradCam = layerMethod({
  ...GRAD_CAM,
  map: (tf, { activations, gradients }) => tf.sum(tf.mul(activations, tf.mean(gradients, [1, 2], true)), 3),
  channelWeights: GRADIENTS_AS_WEIGHTS,
});
