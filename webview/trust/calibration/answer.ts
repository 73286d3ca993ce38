/** What is known of calibration, as it comes. */
import type { CalibrationProgress } from '../../../src/computations/calibration/schema';
import type { Calibration, CalibrationScores } from '../../../src/measures/calibration/measured';
import type { AtTemperature } from './texts';

export interface CalibrationPoint extends Calibration {
  readonly epoch: number;
}

export interface CalibrationAnswer {
  /** How many test images were asked for, and how often each is predicted: as it is, and under each draw. */
  readonly images: number;
  readonly times: number;
  /** Ascending. */
  readonly points: readonly CalibrationPoint[];
}

export function takeCalibration(
  answer: CalibrationAnswer | undefined,
  progress: CalibrationProgress,
): CalibrationAnswer | undefined {
  switch (progress.kind) {
    case 'start': {
      const times = progress.entries.reduce((sum, { rounds }) => sum + rounds, 1);
      return { points: [], ...answer, images: progress.images, times };
    }
    case 'result': {
      const { epoch, calibration } = progress;
      const others = answer?.points.filter((point) => point.epoch !== epoch) ?? [];
      const points = [...others, { epoch, ...calibration }].sort((a, b) => a.epoch - b.epoch);
      return { images: calibration.scores.n, times: 1, ...answer, points };
    }
    case 'count':
      return answer;
  }
}

/** Scores of a point at a temperature; null where none was fitted. */
export function scoresAt({ scores, temperature }: CalibrationPoint, at: AtTemperature): CalibrationScores | null {
  if (at === 'all') return scores;
  return temperature?.scored[at] ?? null;
}
