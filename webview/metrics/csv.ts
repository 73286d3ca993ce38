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

/** What was not measured is an empty field. Accuracies are in per cent. */
export function metricsCsv(runs: readonly RunCurve[]): string {
  const lines = runs.flatMap(({ studyName, id, epochs }) =>
    epochs.map((epoch) => [studyName, id, ...COLUMNS.map((column) => epoch[column] ?? '')]),
  );
  return [['study', 'run', ...COLUMNS], ...lines].map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}
