/** The measures of metrics.jsonl as columns have them. */
import type { RunFacts, Series } from '../../comparison/facts';
import type { EpochMetrics } from '../metrics/metrics';
import type { Fact } from './source';

type Measured = Exclude<keyof EpochMetrics, 'epoch' | 'testImages' | 'validationImages' | 'attackedImages' | 'seconds'>;

/** By column id. */
const COLUMNS: Readonly<Record<string, Measured>> = {
  accuracy: 'testAccuracy',
  loss: 'testLoss',
  validationAccuracy: 'validationAccuracy',
  validationLoss: 'validationLoss',
  trainAccuracy: 'trainAccuracy',
  trainLoss: 'trainLoss',
  attackedAccuracy: 'attackedAccuracy',
  learningRate: 'learningRate',
  imagesPerSecond: 'imagesPerSecond',
};

/** Those of which there is any number. @param metrics ascending */
export function metricSeries(metrics: readonly EpochMetrics[]): Record<string, Series> {
  const epochs = metrics.map(({ epoch }) => epoch);
  return Object.fromEntries(
    Object.entries(COLUMNS).flatMap(([column, field]): [string, Series][] => {
      const values = metrics.map((each) => each[field] ?? null);
      return values.every((value) => value === null) ? [] : [[column, { epochs, values }]];
    }),
  );
}

/** In seconds, of all epochs; null where that of one is not known. */
export function trainingSeconds(metrics: readonly EpochMetrics[]): number | null {
  const seconds = metrics.map((each) => each.seconds);
  return seconds.length === 0
    ? null
    : seconds.reduce((sum: number | null, each) => (sum === null || each === null ? null : sum + each), 0);
}

/** What kept results add to series and single values. */
export function withFacts(facts: readonly Fact[]): Pick<RunFacts, 'series' | 'values'> {
  const points = new Map<string, [number, number | null][]>();
  const values: Record<string, number | null> = {};
  for (const { column, epoch, value } of facts) {
    if (epoch === null) values[column] = value;
    else points.set(column, [...(points.get(column) ?? []), [epoch, value]]);
  }
  const series = [...points].map(([column, ofColumn]): [string, Series] => {
    ofColumn.sort(([a], [b]) => a - b);
    return [column, { epochs: ofColumn.map(([epoch]) => epoch), values: ofColumn.map(([, value]) => value) }];
  });
  return { values, series: Object.fromEntries(series) };
}
