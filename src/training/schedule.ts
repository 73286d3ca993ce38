import type { TrainingSettings } from '../study';

export interface Schedule {
  readonly learningRate: number;
  readonly schedule: TrainingSettings['schedule'];
  readonly warmupEpochs: number;
  readonly epochs: number;
}

/**
 * The learning rate of an epoch, counted from 1. During warm-up it rises linearly,
 * base·e/(warm-up + 1), as `LinearLR(start_factor=1/(warm-up + 1), total_iters=warm-up)` does; after it, it
 * stays, is multiplied after each milestone as `MultiStepLR` does, or falls along half a cosine as PyTorch's
 * `CosineAnnealingLR` does when stepped once an epoch.
 */
export function learningRateAt(epoch: number, { learningRate, schedule, warmupEpochs, epochs }: Schedule): number {
  if (epoch <= warmupEpochs) return (learningRate * epoch) / (warmupEpochs + 1);
  if (schedule === 'constant') return learningRate;
  if (typeof schedule === 'object')
    return learningRate * schedule.factor ** schedule.milestones.filter((milestone) => epoch > milestone).length;
  const done = (epoch - 1 - warmupEpochs) / (epochs - warmupEpochs);
  return (learningRate * (1 + Math.cos(Math.PI * done))) / 2;
}
