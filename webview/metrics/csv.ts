/** The shown runs' numbers as a table for other programs: full precision, a line an epoch, RFC 4180. */
import type { EpochValues, RunCurve } from '../../src/protocol/metrics';
import { rateOfPercent } from '../../src/statistics';
import { csvText } from '../common/csv';

const COLUMNS = [
  'epoch',
  'trainLoss',
  'trainAccuracy',
  'testLoss',
  'testAccuracy',
  'learningRate',
  'seconds',
  'imagesPerSecond',
] as const;

const INTERVAL = ['testImages', 'testAccuracy_low', 'testAccuracy_high'] as const;

/**
 * What was not measured is an empty field. Accuracies are in per cent; the 95 % interval of the test accuracy stands
 * behind, and what files claim has a column of its own.
 */
export function metricsCsv(runs: readonly RunCurve[]): string {
  const imported = runs.some(({ claims }) => claims.length > 0);
  const lines = runs.flatMap(({ studyName, id, epochs, claims }) =>
    epochs.map((epoch) => [
      studyName,
      id,
      ...COLUMNS.map((column) => epoch[column] ?? ''),
      ...intervalCells(epoch),
      ...(imported ? [claims.find((claim) => claim.epoch === epoch.epoch)?.testAccuracy ?? ''] : []),
    ]),
  );
  const head = ['study', 'run', ...COLUMNS, ...INTERVAL, ...(imported ? ['claimedTestAccuracy'] : [])];
  return csvText([head, ...lines]);
}

/** Empty where it is not known of how many images the accuracy is, or where they are too few. */
function intervalCells({ testAccuracy, testImages }: EpochValues): (string | number)[] {
  const interval = rateOfPercent(testAccuracy, testImages)?.interval;
  return [testImages ?? '', interval?.low ?? '', interval?.high ?? ''];
}
