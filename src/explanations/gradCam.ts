import { GRADIENTS_AS_WEIGHTS, layerMethod, NO_PARAMETERS } from './method';

/** Grad-CAM: α_k = mean over positions of ∂y_c/∂A_k with y_c the logit, map = ReLU(Σ_k α_k·A_k). */
export const gradCam = layerMethod({
  id: 'gradcam',
  name: 'Grad-CAM',
  description: "Weighs each channel by its gradient's mean over all positions.",
  source: 'Selvaraju et al. 2017',
  version: 1,
  parameters: NO_PARAMETERS,
  rectified: true,
  map: (tf, { activations, gradients }) => tf.sum(tf.mul(activations, tf.mean(gradients, [1, 2], true)), 3),
  channelWeights: GRADIENTS_AS_WEIGHTS,
});
