import type { RunSummary } from '../../../../src/extension/runs/runSummary';
import type { EpochMetrics, RunStatus } from '../../../../src/runs';

/** A run in epoch 3 of 20, whose second epoch had 41.5 % right. */
export function trainingRun(changes: Partial<RunSummary> = {}, status: Partial<RunStatus> = {}): RunSummary {
  return {
    ...{ folder: '/w/.epochlens/runs/s/1', id: '1', studyName: 's', studyFile: '/w/s.epochlens.json' },
    ...{ createdAt: '2026-11-24T09:37:00.000Z', state: 'training' },
    status: {
      ...{ state: 'training', pid: 1, host: 'h', startedAt: '2026-11-24T09:37:00.000Z' },
      ...{ heartbeat: '2026-11-24T09:38:00.000Z', epoch: 3, epochs: 20, step: 4, stepsPerEpoch: 8 },
      ...{ imagesPerSecond: 100, secondsLeft: 118 },
      ...status,
    },
    about: {},
    epochs: [epoch(0, 10), epoch(1, 30), epoch(2, 41.5)],
    checkpoints: [0, 1, 2],
    ...changes,
  };
}

export function epoch(number: number, testAccuracy: number | null): EpochMetrics {
  return {
    ...{ epoch: number, trainLoss: 1, trainAccuracy: 50, testLoss: 1, testAccuracy },
    ...{ learningRate: 0.1, seconds: 1, imagesPerSecond: 100 },
  };
}
