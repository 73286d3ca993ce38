import { INPUT_X_GRADIENT } from './descriptions/inputXGradient';
import { inputMethod } from './method';

/** Input × gradient: map = Σ over channels of x·∂y_c/∂x, with x as the network takes it and y_c the logit. */
export const inputXGradient = inputMethod({
  ...INPUT_X_GRADIENT,
  steps: () => 1,
  point: (_, { images }) => ({ images, weight: 1 }),
  map: (tf, { images }, gradient) => tf.sum(tf.mul(images, gradient), 3),
});
