/** The ECharts option of charts whose axis has no epochs: curves, bars, and the intervals of bars. */
import type { Interval } from '../../src/statistics/schemas';
import { axisColours, epochOption } from './epochOption';
import type { ChartColours, SeriesStyle } from './palette';

export interface PlainOptionInput {
  readonly title: string;
  readonly x: {
    readonly name: string;
    readonly min: number;
    readonly max: number;
    /** Of each whole number from 0, its text in place of the number. */
    readonly names?: readonly string[];
  };
  readonly y: { readonly min: number | null; readonly max: number | null };
  readonly series: readonly object[];
  readonly colours: ChartColours;
}

export function plainOption({ title, x, y, series, colours }: PlainOptionInput) {
  const option = epochOption({ title, lastEpoch: 1, colours });
  const ends = Object.entries(y).filter(([, end]) => end !== null);
  const { axisPointer } = option.tooltip;
  return {
    ...option,
    tooltip: { ...option.tooltip, axisPointer: { ...axisPointer, snap: false } },
    xAxis: {
      ...option.xAxis,
      name: x.name,
      min: x.min,
      max: x.max,
      axisLine: { ...option.xAxis.axisLine, onZero: false },
      ...(x.names === undefined ? {} : namedAxis(x.names, colours)),
    },
    yAxis: { type: 'value', axisLine: { onZero: false }, ...Object.fromEntries(ends), ...axisColours(colours) },
    series,
  };
}

/** ECharts' own formatter cannot be compared as JSON, by which a chart knows what has changed: the names are its key, too. */
function namedAxis(names: readonly string[], { muted }: ChartColours) {
  return {
    interval: 1,
    axisTick: { show: false },
    names,
    axisLabel: { color: muted, hideOverlap: true, formatter: (value: number) => names[value] ?? '' },
  };
}

/** @param points ascending in x */
export function plainLine(
  name: string,
  { colour, symbol }: SeriesStyle,
  points: readonly (readonly [x: number, y: number])[],
) {
  return {
    type: 'line',
    name,
    color: colour,
    symbol,
    symbolSize: 6,
    data: points,
    lineStyle: { width: 2 },
    emphasis: { disabled: true },
    z: 3,
  };
}

/** A line to compare others with, which has no points. */
export function referenceLine(
  { muted }: ChartColours,
  from: readonly [x: number, y: number],
  to: readonly [x: number, y: number],
) {
  return {
    type: 'line',
    symbol: 'none',
    silent: true,
    color: muted,
    data: [from, to],
    lineStyle: { width: 1.5, type: [4, 4], color: muted },
    emphasis: { disabled: true },
  };
}

export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly interval: Interval | null;
}

/** Bars of any width from zero to their values, each a closed line, and their intervals. */
export function barSeries(name: string, { colour }: SeriesStyle, bars: readonly Bar[], { text }: ChartColours) {
  const common = { type: 'line', name, symbol: 'none', connectNulls: false, emphasis: { disabled: true } };
  return [
    {
      ...common,
      color: colour,
      data: bars.flatMap(({ from, to, value }) => [
        [from, 0],
        [from, value],
        [to, value],
        [to, 0],
        [to, null],
      ]),
      lineStyle: { width: 1, color: colour },
      areaStyle: { color: colour, opacity: 0.45 },
    },
    {
      ...common,
      silent: true,
      color: text,
      data: bars.flatMap(({ from, to, interval }) => {
        const middle = (from + to) / 2;
        return interval === null
          ? []
          : [
              [middle, interval.low],
              [middle, interval.high],
              [middle, null],
            ];
      }),
      lineStyle: { width: 1.5, color: text },
      z: 4,
    },
  ];
}
