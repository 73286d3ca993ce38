/** Whether a validation split leaves images to train on. */
import { NOTHING_TO_TRAIN_ON } from '../../datasets';
import type { Check } from './check';

export const validationCheck: Check = {
  reads: [['dataset']],
  remarks({ study: { dataset }, used: { train = Infinity } }) {
    const { count = 0 } = dataset.validation ?? {};
    if (count < train) return [];
    return [
      {
        code: 'nothingToTrainOn',
        severity: 'error',
        path: ['dataset', 'validation', 'count'],
        summary: NOTHING_TO_TRAIN_ON,
        found: String(count),
        expected: `fewer than the ${train} training images`,
        count: train,
      },
    ];
  },
};
