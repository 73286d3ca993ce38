import { ofPredictions } from './description';

export const RISE = ofPredictions({
  id: 'rise',
  name: 'RISE',
  description: 'Averages random masks of the image by the class’s probability of what each leaves visible.',
  source: 'Petsiuk et al. 2018',
  version: 1,
  parameters: {
    masks: { kind: 'whole', default: 500, minimum: 1, maximum: 10_000, description: 'Random masks.' },
    grid: { kind: 'whole', default: 7, minimum: 2, maximum: 32, description: 'Cells on a side of a mask.' },
    keep: {
      kind: 'real',
      default: 0.5,
      minimum: 0.01,
      maximum: 0.99,
      description: 'The share of cells that show the image.',
    },
    seed: { kind: 'whole', default: 1, minimum: 0, maximum: 2 ** 31 - 1, description: 'Of the masks.' },
  },
  rectified: true,
});
