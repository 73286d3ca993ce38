/** The shown runs' numbers as a table for other programs: full precision, a line an epoch, RFC 4180. */
import type { RunCurve } from '../../src/protocol/metrics';
import { csvCell } from '../common/csv';

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

/** What was not measured is an empty field. Accuracies are in per cent; what files claim has a column of its own. */
export function metricsCsv(runs: readonly RunCurve[]): string {
  const imported = runs.some(({ claims }) => claims.length > 0);
  const lines = runs.flatMap(({ studyName, id, epochs, claims }) =>
    epochs.map((epoch) => [
      studyName,
      id,
      ...COLUMNS.map((column) => epoch[column] ?? ''),
      ...(imported ? [claims.find((claim) => claim.epoch === epoch.epoch)?.testAccuracy ?? ''] : []),
    ]),
  );
  return [['study', 'run', ...COLUMNS, ...(imported ? ['claimedTestAccuracy'] : [])], ...lines]
    .map((line) => `${line.map(csvCell).join(',')}\r\n`)
    .join('');
}
