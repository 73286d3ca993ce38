import { NO_PARAMETERS, ofInputGradient } from './description';

export const INPUT_X_GRADIENT = ofInputGradient({
  id: 'input_x_gradient',
  name: 'Input × gradient',
  description: 'Multiplies each value of the network’s input with its gradient.',
  source: 'Shrikumar et al. 2016',
  version: 1,
  parameters: NO_PARAMETERS,
  rectified: false,
});
