import { layerMethod, NO_PARAMETERS } from './method';

/** LayerCAM: map = ReLU(Σ_k ReLU(∂y_c/∂A_k)·A_k), position by position. */
export const layerCam = layerMethod({
  id: 'layercam',
  name: 'LayerCAM',
  description: 'Weighs each position of each channel by its own positive gradient, which keeps detail at early layers.',
  source: 'Jiang et al. 2021',
  version: 1,
  parameters: NO_PARAMETERS,
  rectified: true,
  map: (tf, { activations, gradients }) => tf.sum(tf.mul(activations, tf.relu(gradients)), 3),
  channelWeights: (tf, gradients) => tf.relu(gradients),
});
