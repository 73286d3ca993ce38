import { HI_RES_CAM } from './descriptions/hiResCam';
import { GRADIENTS_AS_WEIGHTS, layerMethod } from './method';

/** HiResCAM: map = ReLU(Σ_k ∂y_c/∂A_k·A_k), position by position. */
export const hiResCam = layerMethod({
  ...HI_RES_CAM,
  map: (tf, { activations, gradients }) => tf.sum(tf.mul(activations, gradients), 3),
  channelWeights: GRADIENTS_AS_WEIGHTS,
});
