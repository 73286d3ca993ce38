/** A benchmark over epochs: mean corruption error, the error relative to another run, and flips; and all their numbers. */
import * as l10n from '@vscode/l10n';
import type { Benchmark } from '../../../src/measures/benchmark/measured';
import { BENCHMARK_NOTE, benchmarkSentences, missingText } from '../../../src/measures/benchmark/text';
import type { Rate } from '../../../src/statistics/schemas';
import { styleOf } from '../../chart/palette';
import type { NumberRow, Numbers, SectionContent } from '../../trust/content';
import {
  curveFigures,
  curveReadout,
  NO_ENDS,
  type ChartBasis,
  type Curve,
  type CurveChart,
} from '../../trust/curveSection';
import type { BenchmarkAnswer, BenchmarkPoint } from './answer';

export function benchmarkContent({ start, points }: BenchmarkAnswer, basis: ChartBasis): SectionContent {
  const epochs = points.map(({ epoch }) => epoch);
  const charts = chartsOf(points);
  const last = points.at(-1);
  const { missing, skipped, against } = start;
  const left = missingText(missing);
  return {
    sentences: last === undefined ? [] : benchmarkSentences(`epoch ${last.epoch}`, last.benchmark, against?.name),
    figures: curveFigures(charts, epochs, basis),
    readout: curveReadout(charts, epochs, basis),
    notes: [
      ...(left === undefined ? [] : [left]),
      ...skipped.map(({ name, why }) => l10n.t('Left out: {0} ({1}).', name, why)),
      BENCHMARK_NOTE,
    ],
    table: {
      heads: [l10n.t('File'), l10n.t('Measure'), l10n.t('Epoch')],
      columns: ['file', 'measure', 'severity', 'epoch'],
      rows: points.flatMap(rowsOf),
    },
  };
}

function chartsOf(points: readonly BenchmarkPoint[]): CurveChart[] {
  const curve = (name: string, place: number, of: (benchmark: Benchmark) => Numbers | null | undefined): Curve => ({
    name,
    style: styleOf(place),
    at(epoch) {
      const point = points.find((each) => each.epoch === epoch);
      return (point && of(point.benchmark)) ?? null;
    },
  });
  const sets = [...new Set(points.flatMap(({ benchmark }) => benchmark.testSets.map(({ name }) => name)))];
  const errors = [
    ...(points.some(({ benchmark }) => benchmark.meanCorruptionError !== null)
      ? [curve(l10n.t('mean corruption error'), 0, ({ meanCorruptionError }) => meanCorruptionError?.estimate)]
      : []),
    ...sets.map((name, place) =>
      curve(l10n.t('error on {0}', name), place + 2, ({ testSets }) => {
        const found = testSets.find((each) => each.name === name);
        return found && ofRate(found.error);
      }),
    ),
  ];
  const has = (of: (benchmark: Benchmark) => unknown): boolean =>
    points.some(({ benchmark }) => of(benchmark) !== null);
  return [
    ...(errors.length > 0
      ? [{ key: 'errors', title: l10n.t('Error (%)'), range: { min: 0, max: null }, curves: errors }]
      : []),
    ...(has(({ relativeError }) => relativeError)
      ? [
          {
            key: 'relative',
            title: l10n.t('Relative error'),
            range: NO_ENDS,
            marks: [{ yAxis: 1, text: l10n.t('as many errors') }],
            curves: [curve(l10n.t('relative error'), 3, ({ relativeError }) => relativeError?.estimate)],
          },
        ]
      : []),
    ...(has(({ meanFlips }) => meanFlips)
      ? [
          {
            key: 'flips',
            title: l10n.t('Mean flip probability (%)'),
            range: { min: 0, max: null },
            curves: [curve(l10n.t('mean flip probability'), 4, ({ meanFlips }) => meanFlips?.estimate)],
          },
        ]
      : []),
  ];
}

export function ofRate({ count, of, interval }: Rate): Numbers {
  return { mean: (100 * count) / of, n: of, interval };
}

function rowsOf({ epoch, benchmark }: BenchmarkPoint): NumberRow[] {
  const row = (
    file: string,
    text: string,
    ids: readonly [measure: string, severity: string],
    numbers: Numbers | null,
  ) => ({
    of: [file, text, epoch],
    ids: [file, ...ids, epoch],
    numbers,
    isShown: true,
  });
  const { corruptions, sequences, testSets, meanCorruptionError, relativeError, meanFlips } = benchmark;
  const overall: readonly (readonly [string, string, typeof meanFlips])[] = [
    [l10n.t('mean corruption error (%)'), 'meanCorruptionError', meanCorruptionError],
    [l10n.t('relative error'), 'relativeError', relativeError],
    [l10n.t('mean flip probability (%)'), 'meanFlips', meanFlips],
  ];
  return [
    ...overall.flatMap(([text, id, value]) =>
      value === null ? [] : [row(l10n.t('all standard'), text, [id, ''], value.estimate)],
    ),
    ...corruptions.flatMap(({ name, errors, mean, relative }) => [
      ...errors.map((error, at) =>
        row(name, l10n.t('error at severity {0} (%)', at + 1), ['error', String(at + 1)], ofRate(error)),
      ),
      row(name, l10n.t('mean error (%)'), ['error', 'mean'], mean),
      ...(relative === null ? [] : [row(name, l10n.t('relative error'), ['relative', ''], relative)]),
    ]),
    ...sequences.map(({ name, flips }) => row(name, l10n.t('flip probability (%)'), ['flips', ''], ofRate(flips))),
    ...testSets.map(({ name, error }) => row(name, l10n.t('error (%)'), ['error', ''], ofRate(error))),
  ];
}
