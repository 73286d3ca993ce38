/** The ECharts option of a chart of curves. */
import { bandSeries } from '../chart/band';
import type { ChartContent } from '../chart/content';
import { axisColours, epochOption } from '../chart/epochOption';
import type { ChartColours } from '../chart/palette';
import type { ChartKind } from './chartKinds';
import type { Line, Role } from './lines';
import type { Part } from './measures';

export interface ChartInput {
  readonly kind: ChartKind;
  /** Those that lie behind others come first. */
  readonly lines: readonly Line[];
  /** The last epoch that is measured or planned. */
  readonly lastEpoch: number;
  /** Which axes are logarithmic. */
  readonly logarithmic: { readonly x: boolean; readonly y: boolean };
  /** Whether a part of the axis is shown: values then need not reach to the ends of their range. */
  readonly zoomed: boolean;
  readonly colours: ChartColours;
}

export function chartContent(input: ChartInput): ChartContent {
  const { kind, lines, lastEpoch, logarithmic, colours } = input;
  const option = epochOption({ title: kind.title, lastEpoch, colours });
  const places = lines.map((line) => placesOf(line, logarithmic.x));
  const epochs = [...new Set(lines.flatMap(({ epochs: of, role }) => (role === 'steps' ? [] : of)))];
  return {
    option: {
      ...option,
      xAxis: logarithmic.x ? { ...option.xAxis, ...logarithmicEpochs(lines, lastEpoch) } : option.xAxis,
      yAxis: { ...yAxis(input), ...axisColours(colours) },
      series: [
        ...lines.map((line, at) => series(line, places[at] ?? [], logarithmic.y)),
        ...lines.flatMap((line, at) => band(line, at, logarithmic)),
      ],
    },
    epochs: epochs.filter((epoch) => !logarithmic.x || epoch > 0).sort((a, b) => a - b),
    pointAt(epoch) {
      const found = lines.map((line, at) => ({
        seriesIndex: at,
        dataIndex: (places[at] ?? []).findIndex((place) => line.epochs[place] === epoch),
      }));
      return found.findLast(({ dataIndex }) => dataIndex !== -1);
    },
  };
}

/** The places of a line's points that are drawn: a logarithmic axis has no place for epoch 0. */
function placesOf({ epochs }: Line, logarithmic: boolean): number[] {
  return epochs.flatMap((epoch, place) => (logarithmic && epoch <= 0 ? [] : [place]));
}

const DASHES: Readonly<Record<Part, 'solid' | number[]>> = { test: 'solid', validation: [2, 3], train: [5, 4] };
const LOOKS: Readonly<Record<Role, { readonly width: number; readonly opacity: number }>> = {
  main: { width: 2, opacity: 1 },
  raw: { width: 1.5, opacity: 0.25 },
  run: { width: 1, opacity: 0.35 },
  steps: { width: 1, opacity: 0.7 },
};
/** More points than this are drawn as a line alone, and as few as the chart has pixels. */
const MOST_SYMBOLS = 60;
const MANY_POINTS = 500;

function series(line: Line, places: readonly number[], logarithmic: boolean) {
  const { epochs, values, style, role, part, name } = line;
  return {
    type: 'line',
    name: `${role} ${part} ${name}`,
    data: places.map((place) => [epochs[place], drawable(values[place] ?? null, logarithmic)]),
    color: style.colour,
    symbol: role === 'main' ? style.symbol : 'none',
    symbolSize: part === 'train' ? 5 : 7,
    showSymbol: role === 'main' && places.length <= MOST_SYMBOLS,
    showAllSymbol: true,
    connectNulls: false,
    ...(places.length > MANY_POINTS ? { sampling: 'lttb' } : {}),
    lineStyle: { ...LOOKS[role], type: role === 'steps' ? 'solid' : DASHES[part] },
    itemStyle: { color: style.colour },
    emphasis: { disabled: true },
    silent: true,
  };
}

/** A logarithmic scale has no place for zero. */
function drawable(value: number | null, logarithmic: boolean): number | null {
  return value !== null && logarithmic && value <= 0 ? null : value;
}

/** Not where the axis is logarithmic: an interval that reaches to 0 has no end there. */
function band({ band: points, style }: Line, place: number, { x, y }: ChartInput['logarithmic']) {
  if (points === undefined) return [];
  const drawn = points.filter(
    ({ epoch, interval }) => (!x || epoch > 0) && (!y || interval === null || interval.low > 0),
  );
  return bandSeries(`band ${place}`, style, drawn);
}

/** From the first point after epoch 0. */
function logarithmicEpochs(lines: readonly Line[], lastEpoch: number) {
  let first = 1;
  for (const { epochs } of lines) {
    const positive = epochs.find((epoch) => epoch > 0);
    if (positive !== undefined) first = Math.min(first, positive);
  }
  return { type: 'log', logBase: 10, min: first, max: Math.max(lastEpoch, first * 2), minInterval: undefined };
}

function yAxis({ kind: { range }, lines, logarithmic, zoomed }: ChartInput) {
  const [low, high] = range;
  if (logarithmic.y) return logarithmicAxis(lines);
  if (zoomed) return { type: 'value', scale: true };
  // A range with two ends is shown whole; one from 0 begins there.
  if (Number.isFinite(low) && Number.isFinite(high)) return { type: 'value', min: low, max: high };
  return Number.isFinite(low) ? { type: 'value', min: low } : { type: 'value', scale: true };
}

function logarithmicAxis(lines: readonly Line[]) {
  let [low, high] = [Infinity, 0];
  for (const { values, band: points = [] } of lines) {
    for (const value of [...values, ...points.flatMap(({ interval }) => interval?.low ?? [])]) {
      if (value === null || value <= 0) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (high === 0) return { type: 'log', logBase: 2, min: 1, max: 2 };
  // Losses seldom span more than two powers of ten, so the axis uses powers of two, which gives enough lines.
  const base = high / low > 1000 ? 10 : 2;
  const power = (value: number): number => Math.log(value) / Math.log(base);
  const min = base ** Math.floor(power(low));
  return { type: 'log', logBase: base, min, max: Math.max(base ** Math.ceil(power(high)), min * base) };
}
