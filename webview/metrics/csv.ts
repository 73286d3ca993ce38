/** The shown runs' numbers as a table for other programs: full precision, a line an epoch, RFC 4180. */
import type { RunCurve } from '../../src/protocol/metrics';

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
  return [['study', 'run', ...COLUMNS], ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
