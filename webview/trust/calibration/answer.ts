/** What is known of calibration, as it comes. */
import type { CalibrationProgress } from '../../../src/computations/calibration/schema';
import type { Calibration, CalibrationScores } from '../../../src/measures/calibration/measured';
import type { AtTemperature } from './texts';

export interface CalibrationPoint extends Calibration {
  readonly epoch: number;
}

export interface CalibrationAnswer {
  /** How many were asked for. */
  readonly images: number;
  /** Ascending. */
  readonly points: readonly CalibrationPoint[];
}

export function takeCalibration(
  answer: CalibrationAnswer | undefined,
  progress: CalibrationProgress,
): CalibrationAnswer | undefined {
  switch (progress.kind) {
    case 'start':
      return { points: [], ...answer, images: progress.images };
    case 'result': {
      const { epoch, calibration } = progress;
      const others = answer?.points.filter((point) => point.epoch !== epoch) ?? [];
      const points = [...others, { epoch, ...calibration }].sort((a, b) => a.epoch - b.epoch);
      return { images: calibration.scores.n, ...answer, points };
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
