/** What a chart shows, in the words of ECharts. */
import type { EpochValues, RunCurve } from '../../src/protocol/metrics';
import { MEASURE_TEXT, PART_TEXT, PARTS, valueOf, type Measure, type Part } from './measures';
import type { ChartColours, RunStyle } from './palette';

export interface ShownRun {
  readonly curve: RunCurve;
  readonly style: RunStyle;
}

export interface ChartInput {
  readonly measure: Measure;
  readonly runs: readonly ShownRun[];
  readonly parts: readonly Part[];
  readonly logarithmic: boolean;
  readonly colours: ChartColours;
  /** Builds what the pointer shows of an epoch. */
  readonly tooltip: (epoch: number) => HTMLElement;
}

export function chartOption({ measure, runs, parts, logarithmic, colours, tooltip }: ChartInput) {
  const last = Math.max(
    1,
    ...runs.map(({ curve }) => Math.max(curve.plannedEpochs ?? 0, curve.epochs.at(-1)?.epoch ?? 0)),
  );
  const shown = PARTS.filter((part) => parts.includes(part));
  const text = { color: colours.text, fontFamily: colours.font, fontSize: 12 };
  return {
    animation: false,
    aria: { enabled: true },
    textStyle: text,
    title: { text: MEASURE_TEXT[measure], left: 0, top: 0, textStyle: { ...text, fontSize: 13, fontWeight: 600 } },
    grid: { left: 52, right: 18, top: 34, bottom: 44 },
    tooltip: {
      trigger: 'axis',
      confine: true,
      // Styles by the sheet: the page's security policy knows no others.
      className: 'tooltip',
      padding: 0,
      borderWidth: 0,
      backgroundColor: 'transparent',
      transitionDuration: 0,
      axisPointer: {
        type: 'line',
        snap: true,
        lineStyle: { color: colours.muted, type: 'solid' },
        label: { show: false },
      },
      formatter: (points: unknown) => tooltip(epochOf(points)),
    },
    xAxis: {
      type: 'value',
      name: 'epoch',
      nameLocation: 'middle',
      nameGap: 26,
      min: 0,
      max: last,
      minInterval: 1,
      axisLine: { lineStyle: { color: colours.lines } },
      axisLabel: { color: colours.muted },
      nameTextStyle: { color: colours.muted },
      splitLine: { show: false },
    },
    yAxis: { ...yAxis(measure, runs, shown, logarithmic), ...axisColours(colours) },
    series: runs.flatMap((run) => shown.map((part) => series(run, measure, part, logarithmic))),
  };
}

function axisColours({ lines, muted }: ChartColours) {
  return { axisLabel: { color: muted, hideOverlap: true }, splitLine: { lineStyle: { color: lines, opacity: 0.35 } } };
}

function series({ curve, style }: ShownRun, measure: Measure, part: Part, logarithmic: boolean) {
  return {
    type: 'line',
    name: `${curve.studyName} ${curve.id}, ${PART_TEXT[part]}`,
    data: curve.epochs.map((values) => [values.epoch, drawable(values, measure, part, logarithmic)]),
    color: style.colour,
    symbol: style.symbol,
    symbolSize: part === 'test' ? 7 : 5,
    showSymbol: curve.epochs.length <= 60,
    showAllSymbol: true,
    connectNulls: false,
    lineStyle: { width: 2, type: part === 'test' ? 'solid' : [5, 4] },
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
  // Losses seldom span more than two powers of ten: powers of two leave enough lines to read values by.
  const low = 2 ** Math.floor(Math.log2(Math.min(...values, 1)));
  const high = 2 ** Math.ceil(Math.log2(Math.max(...values, low * 2)));
  return { type: 'log', logBase: 2, min: low, max: high };
}

function epochOf(points: unknown): number {
  const [first] = Array.isArray(points) ? (points as { axisValue?: unknown }[]) : [];
  return Math.round(Number(first?.axisValue ?? 0));
}
