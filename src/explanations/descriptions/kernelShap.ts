import { ofPredictions } from './description';
import { FILL } from './fill';

/** The regression's matrix grows by the fourth power of it. */
const MOST_CELLS_A_SIDE = 16;

export const KERNEL_SHAP = ofPredictions({
  id: 'kernel_shap',
  name: 'KernelSHAP',
  description:
    'Shares the class’s probability among cells of the image by their Shapley values, from random sets of cells.',
  source: 'Lundberg and Lee 2017',
  version: 1,
  parameters: {
    grid: { kind: 'whole', default: 4, minimum: 2, maximum: MOST_CELLS_A_SIDE, description: 'Cells on a side.' },
    samples: {
      kind: 'whole',
      default: 1000,
      minimum: 8,
      maximum: 20_000,
      description:
        'Sets of cells, at least two a cell; where all sets are no more, each is taken once, and the values are exact.',
    },
    seed: { kind: 'whole', default: 1, minimum: 0, maximum: 2 ** 31 - 1, description: 'Of the sets.' },
    fill: FILL,
  },
  rectified: false,
});
