import { ofInputGradient } from './description';

export const SMOOTH_GRAD = ofInputGradient({
  id: 'smoothgrad',
  name: 'SmoothGrad',
  description: 'Averages the gradient by the pixels over copies of the image with noise, and takes its size.',
  source: 'Smilkov et al. 2017',
  version: 1,
  parameters: {
    samples: { kind: 'whole', default: 50, minimum: 1, maximum: 500, description: 'Copies with noise.' },
    noise: {
      kind: 'real',
      default: 0.15,
      minimum: 0,
      maximum: 1,
      description: 'The standard deviation of the noise, as a share of the range of pixel values.',
    },
    seed: { kind: 'whole', default: 1, minimum: 0, maximum: 2 ** 31 - 1, description: 'Of the noise.' },
  },
  rectified: true,
});
