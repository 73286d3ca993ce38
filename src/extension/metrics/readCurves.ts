/** What a run's folder has for curves besides its metrics. What cannot be read of it is told of by whoever verifies the run. */
import { fileStamp } from '../../common/fileStamp';
import { isReportedError } from '../../common/errors';
import type { CurveValues } from '../../protocol/metrics';
import { runPaths } from '../../runs/paths';
import { stepCurves } from './steps';

type Read = Pick<CurveValues, 'steps' | 'more'>;

/** Each file is read again only when it has changed. */
export function createCurveReader(): (folder: string) => Promise<Read> {
  const known = new Map<string, { readonly stamp: string | undefined; readonly steps: CurveValues['steps'] }>();

  async function stepsOf(folder: string): Promise<CurveValues['steps']> {
    const stamp = await fileStamp(runPaths(folder).steps).catch(() => undefined);
    const before = known.get(folder);
    if (before !== undefined && before.stamp === stamp) return before.steps;
    const { readSteps } = await import('../../runs');
    const lines = stamp === undefined ? undefined : await ifReadable(readSteps(folder));
    const steps = stepCurves(lines?.steps ?? []);
    known.set(folder, { stamp, steps });
    return steps;
  }

  return async (folder) => {
    const { readFacts } = await import('../../runs');
    const [steps, facts] = await Promise.all([stepsOf(folder), ifReadable(readFacts(folder))]);
    return { steps, more: computedOf(facts?.series ?? {}) };
  };
}

/** By column ids; those of metrics.jsonl are told with the epochs. */
const OF_METRICS: readonly string[] = [
  ...['accuracy', 'loss', 'validationAccuracy', 'validationLoss'],
  ...['trainAccuracy', 'trainLoss', 'learningRate', 'imagesPerSecond'],
];

function computedOf(series: CurveValues['more']): CurveValues['more'] {
  return Object.fromEntries(Object.entries(series).filter(([id]) => !OF_METRICS.includes(id)));
}

async function ifReadable<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isReportedError(error)) return undefined;
    throw error;
  }
}
