/** The ECharts option that all charts over epochs share. */
import * as l10n from '@vscode/l10n';
import { decimal } from '../common/text';
import type { ChartColours } from './palette';

export interface EpochOptionInput {
  readonly title: string;
  /** The last epoch of the axis. */
  readonly lastEpoch: number;
  readonly colours: ChartColours;
}

/** Title, position, epoch axis and the pointer's line: everything but vertical axes and series. */
export function epochOption({ title, lastEpoch, colours }: EpochOptionInput) {
  const text = { color: colours.text, fontFamily: colours.font, fontSize: 12 };
  return {
    animation: false,
    textStyle: text,
    title: { text: title, left: 0, top: 0, textStyle: { ...text, fontSize: 13, fontWeight: 600 } },
    grid: { left: 52, right: 18, top: 34, bottom: 44 },
    tooltip: {
      trigger: 'axis',
      // The values are read out beside the charts.
      showContent: false,
      axisPointer: {
        type: 'line',
        snap: true,
        lineStyle: { color: colours.muted, type: 'solid' },
        label: { show: false },
      },
    },
    xAxis: {
      type: 'value',
      name: l10n.t('epoch'),
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
  return {
    axisLabel: { color: muted, hideOverlap: true, formatter: axisNumber },
    splitLine: { lineStyle: { color: lines, opacity: 0.35 } },
  };
}

function axisNumber(value: number): string {
  return decimal(String(Number(value.toPrecision(6))));
}
