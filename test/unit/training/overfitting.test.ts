import { describe, expect, it } from 'vitest';
import { refuseOverfitted } from '../../../src/training/overfitting';

const epochs = (...accuracies: number[]) => accuracies.map((attackedAccuracy, epoch) => ({ epoch, attackedAccuracy }));

describe('catastrophic overfitting', () => {
  it('is a fall by more than 20 points below the best epoch, over one epoch or two', () => {
    for (const fallen of [epochs(10, 30, 35, 14.9), epochs(10, 35, 24, 14)]) {
      expect(() => {
        refuseOverfitted(fallen);
      }).toThrow(/catastrophic overfitting.*after 35\.0 % at epoch/s);
    }
  });

  it('is not a smaller fall, nor anything of the network before training, nor a training that is not watched', () => {
    refuseOverfitted(epochs(10, 30, 35, 15));
    refuseOverfitted(epochs(60, 5));
    refuseOverfitted([{ epoch: 1 }, { epoch: 2 }].map((each) => each));
    refuseOverfitted([]);
  });
});
