/** The ECharts option of a measure over epochs: means with their intervals, and test accuracy behind them. */
import * as l10n from '@vscode/l10n';
import { settledEpoch } from '../../src/measures/drift';
import type { Attention } from '../../src/protocol/engine';
import type { ChartContent } from '../chart/chart';
import { axisColours, epochOption } from '../chart/epochOption';
import { styleOf, type ChartColours, type SeriesStyle } from '../chart/palette';
import { decimal } from '../common/text';
import type { Accuracies } from './driftState';
import { COMPARISONS, comparisonText, curvesOf, drawnValue, measureTitle, type Curve, type Measure } from './measures';

export interface ChartInput {
  readonly measure: Measure;
  readonly attention: Attention;
  readonly accuracies: Accuracies;
  readonly colours: ChartColours;
}

/** A curve's style, the same in all charts. */
export function curveStyle({ comparison }: Pick<Curve, 'comparison'>): SeriesStyle {
  return styleOf(COMPARISONS.indexOf(comparison));
}

export function chartContent(input: ChartInput): ChartContent {
  const { measure, attention, colours } = input;
  const curves = curvesOf(measure, attention);
  const epochs = attention.epochs.map(({ epoch }) => epoch);
  const option = epochOption({ title: measureTitle(measure.key), lastEpoch: epochs.at(-1) ?? 1, colours });
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
        ...curves.map((curve, place) => line(input, curve, place === 0)),
        accuracy(input),
        ...curves.flatMap((curve) => band(input, curve)),
      ],
    },
    epochs,
    pointAt: (epoch) => ({ seriesIndex: 0, dataIndex: epochs.indexOf(epoch) }),
  };
}

function bounds({ range }: Measure): { min?: number; max?: number } {
  return { ...(range.min === null ? {} : { min: range.min }), ...(range.max === null ? {} : { max: range.max }) };
}

function line({ attention, colours, measure }: ChartInput, curve: Curve, marks: boolean) {
  const style = curveStyle(curve);
  return {
    type: 'line',
    name: comparisonText(curve.comparison),
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
              label: { ...label, formatter: l10n.t('settled: {0}', settled), position: 'insideEndTop' },
            },
          ]),
      ...(key === 'inMask' && maskArea !== null
        ? [
            {
              yAxis: maskArea,
              lineStyle: style,
              label: {
                ...label,
                formatter: l10n.t('spread evenly: {0}', decimal(maskArea.toFixed(2))),
                position: 'insideEndTop',
              },
            },
          ]
        : []),
    ],
  };
}

/** Two invisible lines with the space between them coloured. */
function band({ attention }: ChartInput, curve: Curve) {
  const { comparison } = curve;
  const hidden = {
    type: 'line',
    stack: comparison,
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
    { ...hidden, data: points.map(({ epoch, within }) => [epoch, within?.low ?? null]) },
    {
      ...hidden,
      areaStyle: { color: curveStyle(curve).colour, opacity: 0.18 },
      data: points.map(({ epoch, within }) => [epoch, within && within.high - within.low]),
    },
  ];
}

function accuracy({ attention, accuracies, colours }: ChartInput) {
  return {
    type: 'line',
    name: l10n.t('test accuracy'),
    yAxisIndex: 1,
    symbol: 'none',
    silent: true,
    data: attention.epochs.map(({ epoch }) => [epoch, accuracies.get(epoch) ?? null]),
    color: colours.muted,
    lineStyle: { width: 1.5, type: [2, 3], color: colours.muted },
    emphasis: { disabled: true },
  };
}
