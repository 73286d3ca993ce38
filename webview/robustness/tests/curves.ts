/** The ECharts option of the tests' curves over epochs, with clean accuracy. */
import * as l10n from '@vscode/l10n';
import type { RobustnessMeasure } from '../../../src/measures/robustness/measures';
import type { ChartContent } from '../../chart/content';
import { axisColours, epochOption } from '../../chart/epochOption';
import type { ChartColours, SeriesStyle } from '../../chart/palette';
import type { RobustnessState, TestRow } from '../robustnessState';
import { drawnReading, measureOf, measureText } from './measures';

export interface Curve {
  readonly title: string;
  readonly style: SeriesStyle;
  /** Ascending by epoch, without outdated results. */
  readonly rows: readonly TestRow[];
}

export function curvesOf({ shown, rows }: RobustnessState, styleOf: (entry: number) => SeriesStyle): Curve[] {
  return shown.map(({ entry, title }) => ({
    title,
    style: styleOf(entry),
    rows: rows.filter(({ test, outcome }) => test.entry === entry && outcome !== undefined && outcome.kind !== 'stale'),
  }));
}

/** @param measureId of what the curves show */
export function chartContent(
  { checkpoints }: RobustnessState,
  curves: readonly Curve[],
  measureId: string,
  colours: ChartColours,
): ChartContent {
  const measure = measureOf(measureId);
  const epochs = checkpoints.map(({ epoch }) => epoch);
  const isAccuracy = measureId === 'accuracy';
  const clean = checkpoints.map(({ epoch, testAccuracy }) => [epoch, testAccuracy]);
  const left = { type: 'value', ...rangeOf(measure), ...axisColours(colours) };
  const right = {
    type: 'value',
    min: 0,
    max: 100,
    position: 'right',
    name: l10n.t('clean accuracy (%)'),
    nameLocation: 'middle',
    nameGap: 34,
    nameTextStyle: { color: colours.muted },
    nameRotate: 270,
    axisLabel: { color: colours.muted },
    splitLine: { show: false },
  };
  const base = epochOption({ title: measureText(measure), lastEpoch: epochs.at(-1) ?? 1, colours });
  const bands = curves.flatMap((curve) => bandSeries(curve, measure));
  const lines = curves.map((curve) => lineSeries(curve, measure));
  return {
    option: {
      ...base,
      grid: { ...base.grid, left: 58, right: isAccuracy ? 18 : 56 },
      yAxis: isAccuracy ? [left] : [left, right],
      series: [cleanSeries(clean, isAccuracy ? 0 : 1, colours), ...lines, ...bands],
    },
    epochs,
    // The clean accuracy has a point at each of them.
    pointAt: (epoch) => ({ seriesIndex: 0, dataIndex: Math.max(0, epochs.indexOf(epoch)) }),
  };
}

function rangeOf({ kind }: RobustnessMeasure): object {
  return kind === 'rate' ? { min: 0, max: 100 } : { scale: true };
}

function cleanSeries(data: readonly (readonly (number | null)[])[], yAxisIndex: number, { muted }: ChartColours) {
  return {
    type: 'line',
    name: l10n.t('Clean accuracy'),
    data,
    yAxisIndex,
    color: muted,
    symbol: 'none',
    connectNulls: true,
    lineStyle: { width: 2, type: [5, 4], color: muted },
    emphasis: { disabled: true },
  };
}

function lineSeries({ title, style, rows }: Curve, measure: RobustnessMeasure) {
  return {
    type: 'line',
    name: title,
    color: style.colour,
    symbol: style.symbol,
    symbolSize: 7,
    showAllSymbol: true,
    data: rows.map(({ checkpoint, outcome }) => [
      checkpoint.epoch,
      outcome === undefined ? null : (drawnReading(measure, outcome.measured)?.value ?? null),
    ]),
    connectNulls: false,
    lineStyle: { width: 2 },
    emphasis: { disabled: true },
    z: 3,
  };
}

/**
 * A band is drawn as two stacked lines: its lower end, and its height above that. It is interrupted where there is no
 * interval.
 */
function bandSeries({ title, style, rows }: Curve, measure: RobustnessMeasure) {
  const ends = rows.map(({ checkpoint, outcome }) => {
    const interval = outcome === undefined ? null : (drawnReading(measure, outcome.measured)?.interval ?? null);
    return { epoch: checkpoint.epoch, interval };
  });
  const common = {
    type: 'line',
    stack: `${title} ${style.colour} ${style.symbol}`,
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    emphasis: { disabled: true },
    tooltip: { show: false },
    z: 1,
  };
  return [
    { ...common, data: ends.map(({ epoch, interval }) => [epoch, interval?.low ?? null]) },
    {
      ...common,
      data: ends.map(({ epoch, interval }) => [epoch, interval && interval.high - interval.low]),
      areaStyle: { color: style.colour, opacity: 0.16 },
    },
  ];
}
