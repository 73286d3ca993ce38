import { GRADIENTS_AS_WEIGHTS, layerMethod, NO_PARAMETERS } from './method';

/** HiResCAM: map = ReLU(Σ_k ∂y_c/∂A_k·A_k), position by position. */
export const hiResCam = layerMethod({
  id: 'hirescam',
  name: 'HiResCAM',
  description:
    'Multiplies activations and gradients position by position, without averaging: it shows what adds to the score.',
  source: 'Draelos and Carin 2020',
  version: 1,
  parameters: NO_PARAMETERS,
  rectified: true,
  map: (tf, { activations, gradients }) => tf.sum(tf.mul(activations, gradients), 3),
  channelWeights: GRADIENTS_AS_WEIGHTS,
});
