/** The only module that sees ECharts, of which it takes the parts that are used. */
import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { connect, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { announce } from '../common/announce';
import { h } from '../common/dom';
import { chartOption, type ChartInput } from './chartOption';

use([LineChart, AriaComponent, GridComponent, TitleComponent, TooltipComponent, CanvasRenderer]);

export interface Chart {
  readonly element: HTMLElement;
  update(input: ChartInput): void;
  /** Pixels of what is shown, at a scale. */
  picture(scale: number, background: string): HTMLCanvasElement;
}

/** Charts of a group show the same epoch under the pointer. */
const GROUP = 'epochs';
connect(GROUP);

export function createChart(label: string): Chart {
  const element = h('div', {
    class: 'chart',
    tabindex: 0,
    role: 'img',
    'aria-label': label,
    'aria-keyshortcuts': 'ArrowLeft ArrowRight',
  });
  const chart = init(element, null, { renderer: 'canvas' });
  chart.group = GROUP;
  let input: ChartInput | undefined;
  let epoch = -1;

  function lastEpoch(): number {
    return Math.max(0, ...(input?.runs ?? []).map(({ curve }) => curve.epochs.at(-1)?.epoch ?? 0));
  }

  /** Shows the values of an epoch as the pointer does. */
  function point(target: number): void {
    const series = (input?.runs ?? []).flatMap(({ curve }) => (input?.parts ?? []).map(() => curve));
    epoch = Math.min(lastEpoch(), Math.max(0, target));
    const seriesIndex = series.findIndex(({ epochs }) => epochs.some((each) => each.epoch === epoch));
    if (seriesIndex === -1) return;
    const dataIndex = series[seriesIndex]?.epochs.findIndex((each) => each.epoch === epoch) ?? 0;
    chart.dispatchAction({ type: 'showTip', seriesIndex, dataIndex });
    announce(textOf(input?.tooltip(epoch)));
  }

  element.addEventListener('keydown', (event) => {
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: epoch === -1 ? lastEpoch() : epoch - 1,
      ArrowRight: epoch + 1,
      Home: 0,
      End: lastEpoch(),
    };
    const target = targets[event.key];
    if (target !== undefined) point(target);
    if (event.key === 'Escape') chart.dispatchAction({ type: 'hideTip' });
    if (target !== undefined) event.preventDefault();
  });
  element.addEventListener('blur', () => {
    epoch = -1;
    chart.dispatchAction({ type: 'hideTip' });
  });
  new ResizeObserver(() => chart.resize()).observe(element);

  return {
    element,
    update(next) {
      input = next;
      chart.setOption(chartOption(next), { notMerge: true });
    },
    picture: (scale, background) => chart.renderToCanvas({ pixelRatio: scale, backgroundColor: background }),
  };
}

/** Cell by cell: an element that is not in the document has no laid-out text. */
function textOf(values: HTMLElement | undefined): string {
  const rows = [...(values?.querySelectorAll('tr') ?? [])];
  return rows.map((row) => [...row.children].map((cell) => cell.textContent.trim()).join(' ')).join('; ');
}
