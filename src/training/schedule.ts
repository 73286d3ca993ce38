import type { TrainingSettings } from '../study';

export interface Schedule {
  readonly learningRate: number;
  readonly schedule: TrainingSettings['schedule'];
  readonly warmupEpochs: number;
  readonly epochs: number;
}

/**
 * The learning rate of an epoch, counted from 1. During warm-up it rises linearly, base·e/(warm-up + 1), as
 * `LinearLR(start_factor=1/(warm-up + 1), total_iters=warm-up)` does; after it, it stays, or falls along half a cosine as
 * PyTorch's `CosineAnnealingLR` does when stepped once an epoch. Steps are `MultiStepLR`'s: after each milestone it is
 * multiplied, whether warm-up is over or not, as where `ChainedScheduler` has both.
 */
export function learningRateAt(epoch: number, { learningRate, schedule, warmupEpochs, epochs }: Schedule): number {
  const steps = typeof schedule === 'object' ? schedule.milestones.filter((milestone) => epoch > milestone).length : 0;
  const base = typeof schedule === 'object' ? learningRate * schedule.factor ** steps : learningRate;
  if (epoch <= warmupEpochs) return (base * epoch) / (warmupEpochs + 1);
  if (schedule !== 'cosine') return base;
  const done = (epoch - 1 - warmupEpochs) / (epochs - warmupEpochs);
  return (learningRate * (1 + Math.cos(Math.PI * done))) / 2;
}
