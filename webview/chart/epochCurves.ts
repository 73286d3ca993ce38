/** The ECharts option of means over epochs with their intervals, and test accuracy behind them on an axis of its own. */
import * as l10n from '@vscode/l10n';
import type { Interval } from '../../src/statistics/schemas';
import { bandSeries } from './band';
import type { ChartContent } from './content';
import { axisColours, epochOption } from './epochOption';
import type { ChartColours, SeriesStyle } from './palette';

/** A mean, and its interval where there is one. */
export interface CurvePoint {
  readonly mean: number;
  readonly interval: Interval | null;
}

export interface EpochCurve {
  readonly name: string;
  readonly style: SeriesStyle;
  /** At each of the epochs; null where there is none, which interrupts the curve. */
  readonly points: readonly (CurvePoint | null)[];
}

/** A line across the chart that says something of an epoch or a value. */
export type CurveMark = { readonly text: string } & ({ readonly xAxis: number } | { readonly yAxis: number });

export interface EpochCurvesInput {
  readonly title: string;
  /** Ascending. */
  readonly epochs: readonly number[];
  readonly curves: readonly EpochCurve[];
  /** The ends of the axis; null extends to the values. */
  readonly range: { readonly min: number | null; readonly max: number | null };
  /** Test accuracy by epoch, in per cent; null where it was not measured. */
  readonly accuracies: ReadonlyMap<number, number | null>;
  readonly marks: readonly CurveMark[];
  readonly colours: ChartColours;
}

export function epochCurves(input: EpochCurvesInput): ChartContent {
  const { title, epochs, curves, range, accuracies, colours } = input;
  const option = epochOption({ title, lastEpoch: epochs.at(-1) ?? 1, colours });
  const ends = Object.entries(range).filter(([, end]) => end !== null);
  return {
    option: {
      ...option,
      grid: { ...option.grid, right: 44 },
      yAxis: [
        // Without an end, the axis need not begin at zero.
        { type: 'value', scale: ends.length === 0, ...Object.fromEntries(ends), ...axisColours(colours) },
        {
          type: 'value',
          min: 0,
          max: 100,
          splitLine: { show: false },
          axisLabel: { color: colours.muted, formatter: '{value} %', margin: 4 },
          splitNumber: 2,
        },
      ],
      // The line whose points the pointer finds comes first.
      series: [
        ...curves.map((curve, place) => line(input, curve, place === 0)),
        accuracyLine(epochs, accuracies, colours),
        ...curves.flatMap((curve, place) => band(input, curve, place)),
      ],
    },
    epochs,
    pointAt: (epoch) => ({ seriesIndex: 0, dataIndex: epochs.indexOf(epoch) }),
  };
}

function line({ epochs, marks, colours }: EpochCurvesInput, { name, style, points }: EpochCurve, isFirst: boolean) {
  return {
    type: 'line',
    name,
    color: style.colour,
    symbol: style.symbol,
    symbolSize: 7,
    data: epochs.map((epoch, at) => [epoch, points[at]?.mean ?? null]),
    showSymbol: epochs.length <= 60,
    showAllSymbol: true,
    connectNulls: false,
    lineStyle: { width: 2 },
    emphasis: { disabled: true },
    ...(isFirst ? { markLine: markLine(marks, colours) } : {}),
  };
}

function markLine(marks: readonly CurveMark[], colours: ChartColours) {
  const label = { color: colours.text, fontSize: 11, fontFamily: colours.font, position: 'insideEndTop' };
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    data: marks.map(({ text, ...at }) => ({
      ...at,
      lineStyle: { color: colours.muted, type: [4, 4], width: 1.5 },
      label: { ...label, formatter: text },
    })),
  };
}

function band({ epochs }: EpochCurvesInput, { style, points }: EpochCurve, place: number) {
  return bandSeries(
    `band ${place}`,
    style,
    epochs.map((epoch, at) => ({ epoch, interval: points[at]?.interval ?? null })),
  );
}

function accuracyLine(
  epochs: readonly number[],
  accuracies: ReadonlyMap<number, number | null>,
  { muted }: ChartColours,
) {
  return {
    type: 'line',
    name: l10n.t('test accuracy'),
    yAxisIndex: 1,
    symbol: 'none',
    silent: true,
    data: epochs.map((epoch) => [epoch, accuracies.get(epoch) ?? null]),
    color: muted,
    lineStyle: { width: 1.5, type: [2, 3], color: muted },
    emphasis: { disabled: true },
  };
}
