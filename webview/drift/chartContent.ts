/** The ECharts option of a measure over epochs: means with their intervals, and test accuracy behind them. */
import { settledEpoch } from '../../src/measures/drift';
import type { Attention } from '../../src/protocol/engine';
import type { ChartContent } from '../common/chart/chart';
import { axisColours, epochOption } from '../common/chart/epochOption';
import { styleOf, type ChartColours, type SeriesStyle } from '../chart/palette';
import { curvesOf, drawnValue, type Curve, type Measure } from './measures';

export interface ChartInput {
  readonly measure: Measure;
  readonly attention: Attention;
  /** Test accuracy by epoch, in per cent; null where it was not measured. */
  readonly accuracies: ReadonlyMap<number, number | null>;
  readonly colours: ChartColours;
  readonly tooltip: (epoch: number) => HTMLElement;
}

export function chartContent(input: ChartInput): ChartContent {
  const { measure, attention, colours, tooltip } = input;
  const curves = curvesOf(measure, attention);
  const epochs = attention.epochs.map(({ epoch }) => epoch);
  const option = epochOption({ title: measure.title, lastEpoch: epochs.at(-1) ?? 1, colours, tooltip });
  return {
    option: {
      ...option,
      grid: { ...option.grid, right: 44 },
      yAxis: [
        { type: 'value', ...bounds(measure), ...axisColours(colours) },
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
        ...curves.map((curve, place) => line(input, curve, styleOf(place), place === 0)),
        accuracy(input),
        ...curves.flatMap((curve, place) => band(input, curve, styleOf(place), place)),
      ],
    },
    epochs,
    pointAt: (epoch) => ({ seriesIndex: 0, dataIndex: epochs.indexOf(epoch) }),
    tooltip,
  };
}

function bounds({ range }: Measure): { min?: number; max?: number } {
  return { ...(range.min === null ? {} : { min: range.min }), ...(range.max === null ? {} : { max: range.max }) };
}

function line({ attention, colours, measure }: ChartInput, curve: Curve, style: SeriesStyle, marks: boolean) {
  return {
    type: 'line',
    name: curve.name,
    color: style.colour,
    symbol: style.symbol,
    symbolSize: 7,
    data: attention.epochs.map((point) => [point.epoch, drawnValue(curve, point)?.mean ?? null]),
    showSymbol: attention.epochs.length <= 60,
    showAllSymbol: true,
    connectNulls: false,
    lineStyle: { width: 2 },
    emphasis: { disabled: true },
    ...(marks ? { markLine: markLine(attention, measure, colours) } : {}),
  };
}

/** Marks the epoch of settling, and for the share inside the value of evenly spread heat. */
function markLine({ settling, maskArea }: Attention, { key }: Measure, colours: ChartColours) {
  const settled = settledEpoch(settling.target);
  const label = { color: colours.text, fontSize: 11, fontFamily: colours.font };
  const style = { color: colours.muted, type: [4, 4], width: 1.5 };
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    data: [
      ...(settled === null
        ? []
        : [
            {
              xAxis: settled,
              lineStyle: style,
              label: { ...label, formatter: `settled: ${settled}`, position: 'insideEndTop' },
            },
          ]),
      ...(key === 'inMask' && maskArea !== null
        ? [
            {
              yAxis: maskArea,
              lineStyle: style,
              label: { ...label, formatter: `spread evenly: ${maskArea.toFixed(2)}`, position: 'insideEndTop' },
            },
          ]
        : []),
    ],
  };
}

/** Two invisible lines with the space between them coloured. */
function band({ attention }: ChartInput, curve: Curve, style: SeriesStyle, place: number) {
  const hidden = {
    type: 'line',
    stack: `interval ${place}`,
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { width: 0, opacity: 0 },
    emphasis: { disabled: true },
    z: 1,
  };
  const points = attention.epochs.map((point) => ({
    epoch: point.epoch,
    within: drawnValue(curve, point)?.interval ?? null,
  }));
  return [
    { ...hidden, name: `${curve.name}, low`, data: points.map(({ epoch, within }) => [epoch, within?.low ?? null]) },
    {
      ...hidden,
      name: `${curve.name}, high`,
      areaStyle: { color: style.colour, opacity: 0.18 },
      data: points.map(({ epoch, within }) => [epoch, within && within.high - within.low]),
    },
  ];
}

function accuracy({ attention, accuracies, colours }: ChartInput) {
  return {
    type: 'line',
    name: 'test accuracy',
    yAxisIndex: 1,
    symbol: 'none',
    silent: true,
    data: attention.epochs.map(({ epoch }) => [epoch, accuracies.get(epoch) ?? null]),
    color: colours.muted,
    lineStyle: { width: 1.5, type: [2, 3], color: colours.muted },
    emphasis: { disabled: true },
  };
}
