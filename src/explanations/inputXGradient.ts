import { inputMethod, NO_PARAMETERS } from './method';

/** Input × gradient: map = Σ over channels of x·∂y_c/∂x, with x as the network takes it and y_c the logit. */
export const inputXGradient = inputMethod({
  id: 'input_x_gradient',
  name: 'Input × gradient',
  description: 'Multiplies each value of the network’s input with its gradient.',
  source: 'Shrikumar et al. 2016',
  version: 1,
  parameters: NO_PARAMETERS,
  rectified: false,
  steps: () => 1,
  point: (_, { images }) => ({ images, weight: 1 }),
  map: (tf, { images }, gradient) => tf.sum(tf.mul(images, gradient), 3),
});
