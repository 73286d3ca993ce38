/** The shown runs' metrics as a table: full precision, a row for each epoch, RFC 4180. */
import type { EpochValues, RunCurve } from '../../src/protocol/metrics';
import { rateOfPercent } from '../../src/statistics';
import { csvText } from '../common/csv';
import { partsOf } from './measures';
import { valueAt } from './series';

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

/** Where one of the runs keeps validation images back. */
const VALIDATION = ['validationLoss', 'validationAccuracy', 'validationImages'] as const;

const INTERVAL = ['testImages', 'testAccuracy_low', 'testAccuracy_high'] as const;

/**
 * An unknown value is an empty field. Accuracies are in per cent. The 95 % interval of the test accuracy follows it,
 * and claims have a column of their own.
 * @param others measures besides the metrics, by the ids of the comparison's columns
 */
export function metricsCsv(runs: readonly RunCurve[], others: readonly string[] = []): string {
  const imported = runs.some(({ claims }) => claims.length > 0);
  const split = partsOf(runs).includes('validation');
  const lines = runs.flatMap(({ studyName, id, epochs, claims, more }) =>
    epochs.map((epoch) => [
      studyName,
      id,
      ...COLUMNS.map((column) => epoch[column] ?? ''),
      ...intervalCells(epoch),
      ...(split ? VALIDATION.map((column) => epoch[column] ?? '') : []),
      ...(imported ? [claims.find((claim) => claim.epoch === epoch.epoch)?.testAccuracy ?? ''] : []),
      ...others.map((measure) => valueAt(more[measure] ?? { epochs: [], values: [] }, epoch.epoch) ?? ''),
    ]),
  );
  const head = [
    'study',
    'run',
    ...COLUMNS,
    ...INTERVAL,
    ...(split ? VALIDATION : []),
    ...(imported ? ['claimedTestAccuracy'] : []),
    ...others,
  ];
  return csvText([head, ...lines]);
}

/** Empty where the number of images is unknown or too small. */
function intervalCells({ testAccuracy, testImages }: EpochValues): (string | number)[] {
  const interval = rateOfPercent(testAccuracy, testImages)?.interval;
  return [testImages ?? '', interval?.low ?? '', interval?.high ?? ''];
}
