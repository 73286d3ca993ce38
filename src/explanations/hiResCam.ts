import { defineMethod, GRADIENTS_AS_WEIGHTS, NO_PARAMETERS } from './method';

/** HiResCAM: map = ReLU(Σ_k ∂y_c/∂A_k·A_k), position by position. */
export const hiResCam = defineMethod({
  id: 'hirescam',
  name: 'HiResCAM',
  description: 'Multiplies activations and gradients position by position, without averaging: it shows what adds to the score.',
  source: 'Draelos and Carin 2020',
  version: 1,
  parameters: NO_PARAMETERS,
  needs: 'activationsAndGradients',
  resolution: 'layer',
  rectified: true,
  map: (tf, { activations, gradients }) => tf.sum(tf.mul(activations, gradients), 3),
  channelWeights: GRADIENTS_AS_WEIGHTS,
});
