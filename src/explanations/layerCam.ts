import { LAYER_CAM } from './descriptions/layerCam';
import { layerMethod } from './method';

/** LayerCAM: map = ReLU(Σ_k ReLU(∂y_c/∂A_k)·A_k), position by position. */
export const layerCam = layerMethod({
  ...LAYER_CAM,
  map: (tf, { activations, gradients }) => tf.sum(tf.mul(activations, tf.relu(gradients)), 3),
  channelWeights: (tf, gradients) => tf.relu(gradients),
});
