/** What a run's folder has for curves besides its metrics. A file that cannot be read is told of by whoever verifies the run. */
import { isReportedError } from '../../common/errors';
import type { CurveValues } from '../../protocol/metrics';
import { stepCurves } from './steps';

export async function readCurves(folder: string): Promise<Pick<CurveValues, 'steps' | 'more'>> {
  const { readSteps } = await import('../../runs');
  const { steps } = await readSteps(folder).catch(nothing);
  return { steps: stepCurves(steps), more: {} };
}

function nothing(error: unknown): { steps: [] } {
  if (!isReportedError(error)) throw error;
  return { steps: [] };
}
