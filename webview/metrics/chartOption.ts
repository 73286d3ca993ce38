/** The ECharts option of a metrics chart. */
import type { EpochValues, RunCurve } from '../../src/protocol/metrics';
import type { ChartContent } from '../chart/chart';
import { axisColours, epochOption } from '../chart/epochOption';
import { measureText, partsOf, partText, runTitle, valueOf, type Measure, type Part } from './measures';
import type { ChartColours, SeriesStyle } from '../chart/palette';

export interface ShownRun {
  readonly curve: RunCurve;
  readonly style: SeriesStyle;
}

export interface ChartInput {
  readonly measure: Measure;
  readonly runs: readonly ShownRun[];
  readonly parts: readonly Part[];
  readonly logarithmic: boolean;
  readonly colours: ChartColours;
}

export function chartContent(input: ChartInput): ChartContent {
  const { measure, runs, parts, logarithmic, colours } = input;
  const shown = partsOf(
    runs.map(({ curve }) => curve),
    parts,
  );
  const measured = runs.flatMap(({ curve }) => shown.map(() => curve.epochs.map(({ epoch }) => epoch)));
  const last = Math.max(0, ...measured.flat());
  const lastEpoch = Math.max(last, ...runs.map(({ curve }) => curve.plannedEpochs ?? 0));
  return {
    option: {
      ...epochOption({ title: measureText(measure), lastEpoch, colours }),
      yAxis: { ...yAxis(measure, runs, shown, logarithmic), ...axisColours(colours) },
      series: runs.flatMap((run) => shown.map((part) => series(run, measure, part, logarithmic))),
    },
    epochs: Array.from({ length: last + 1 }, (_, epoch) => epoch),
    pointAt(epoch) {
      const seriesIndex = measured.findIndex((epochs) => epochs.includes(epoch));
      return seriesIndex === -1 ? undefined : { seriesIndex, dataIndex: measured[seriesIndex]?.indexOf(epoch) ?? 0 };
    },
  };
}

const LINES = { test: 'solid', validation: [2, 3], train: [5, 4] } as const;

function series({ curve, style }: ShownRun, measure: Measure, part: Part, logarithmic: boolean) {
  return {
    type: 'line',
    name: `${runTitle(curve)}, ${partText(part)}`,
    data: curve.epochs.map((values) => [values.epoch, drawable(values, measure, part, logarithmic)]),
    color: style.colour,
    symbol: style.symbol,
    symbolSize: part === 'train' ? 5 : 7,
    showSymbol: curve.epochs.length <= 60,
    showAllSymbol: true,
    connectNulls: false,
    lineStyle: { width: 2, type: LINES[part] },
    itemStyle: { color: style.colour },
    emphasis: { disabled: true },
  };
}

/** A logarithmic scale has no place for zero. */
function drawable(values: EpochValues, measure: Measure, part: Part, logarithmic: boolean): number | null {
  const value = valueOf(values, measure, part);
  return value !== null && logarithmic && value <= 0 ? null : value;
}

function yAxis(measure: Measure, runs: readonly ShownRun[], parts: readonly Part[], logarithmic: boolean) {
  if (measure === 'accuracy') return { type: 'value', min: 0, max: 100 };
  if (!logarithmic) return { type: 'value', min: 0 };
  const values = runs
    .flatMap(({ curve }) => curve.epochs.flatMap((epoch) => parts.map((part) => valueOf(epoch, 'loss', part))))
    .filter((value): value is number => value !== null && value > 0);
  // Losses seldom span more than two powers of ten, so the axis uses powers of two, which gives enough lines.
  const low = 2 ** Math.floor(Math.log2(Math.min(...values, 1)));
  const high = 2 ** Math.ceil(Math.log2(Math.max(...values, low * 2)));
  return { type: 'log', logBase: 2, min: low, max: high };
}
