/** The ECharts option that all charts over epochs share. */
import type { ChartColours } from '../../chart/palette';

export interface EpochOptionInput {
  readonly title: string;
  /** The last epoch of the axis. */
  readonly lastEpoch: number;
  readonly colours: ChartColours;
  readonly tooltip: (epoch: number) => HTMLElement;
}

/** Title, position, epoch axis and tooltip: everything but vertical axes and series. */
export function epochOption({ title, lastEpoch, colours, tooltip }: EpochOptionInput) {
  const text = { color: colours.text, fontFamily: colours.font, fontSize: 12 };
  return {
    animation: false,
    aria: { enabled: true },
    textStyle: text,
    title: { text: title, left: 0, top: 0, textStyle: { ...text, fontSize: 13, fontWeight: 600 } },
    grid: { left: 52, right: 18, top: 34, bottom: 44 },
    tooltip: {
      trigger: 'axis',
      confine: true,
      // Styles come from the style sheet, because the page's security policy allows no others.
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
      max: Math.max(1, lastEpoch),
      minInterval: 1,
      axisLine: { lineStyle: { color: colours.lines } },
      axisLabel: { color: colours.muted },
      nameTextStyle: { color: colours.muted },
      splitLine: { show: false },
    },
  };
}

/** The colours of a vertical axis. */
export function axisColours({ lines, muted }: ChartColours) {
  return { axisLabel: { color: muted, hideOverlap: true }, splitLine: { lineStyle: { color: lines, opacity: 0.35 } } };
}

function epochOf(points: unknown): number {
  const [first] = Array.isArray(points) ? (points as { axisValue?: unknown }[]) : [];
  return Math.round(Number(first?.axisValue ?? 0));
}
