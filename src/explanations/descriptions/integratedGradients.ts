import { ofInputGradient } from './description';

export const INTEGRATED_GRADIENTS = ofInputGradient({
  id: 'integrated_gradients',
  name: 'Integrated Gradients',
  description:
    'Sums the gradient by the pixels on the way from a baseline to the image: the map sums to the difference of the logit between the two.',
  source: 'Sundararajan et al. 2017',
  version: 1,
  parameters: {
    steps: { kind: 'whole', default: 50, minimum: 1, maximum: 500, description: 'Gradients on the way.' },
    baseline: {
      kind: 'choice',
      default: 'black',
      choices: ['black', 'mean', 'blur'],
      description:
        'Where the way begins: black pixels, the image’s mean colour, or the image blurred by a Gaussian whose standard deviation is 5/32 of the side.',
    },
  },
  rectified: false,
});
