/** The only module that imports ECharts, of which it registers the parts that are used. */
import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkLineComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { connect, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { announce } from '../announce';
import { h } from '../dom';

use([LineChart, AriaComponent, GridComponent, MarkLineComponent, TitleComponent, TooltipComponent, CanvasRenderer]);

export interface ChartContent {
  /** The chart's option for ECharts. */
  readonly option: Readonly<Record<string, unknown>>;
  /** The epochs that the arrow keys step through, ascending. */
  readonly epochs: readonly number[];
  /** A point at an epoch, beside which the values are shown; undefined where there is none. */
  readonly pointAt: (epoch: number) => { readonly seriesIndex: number; readonly dataIndex: number } | undefined;
  /** Builds the tooltip of an epoch. */
  readonly tooltip: (epoch: number) => HTMLElement;
}

export interface Chart {
  readonly element: HTMLElement;
  update(content: ChartContent): void;
  /** The chart's pixels at a scale. */
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
  let content: ChartContent | undefined;
  /** The index among the epochs; −1 is none. */
  let place = -1;

  /** Shows the values of an epoch, as the pointer does. */
  function point(target: number): void {
    const epochs = content?.epochs ?? [];
    place = Math.min(epochs.length - 1, Math.max(0, target));
    const epoch = epochs[place];
    const at = epoch === undefined ? undefined : content?.pointAt(epoch);
    if (epoch === undefined || at === undefined) return;
    chart.dispatchAction({ type: 'showTip', ...at });
    announce(textOf(content?.tooltip(epoch)));
  }

  element.addEventListener('keydown', (event) => {
    const last = (content?.epochs.length ?? 0) - 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: place === -1 ? last : place - 1,
      ArrowRight: place + 1,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target !== undefined) point(target);
    if (event.key === 'Escape') chart.dispatchAction({ type: 'hideTip' });
    if (target !== undefined) event.preventDefault();
  });
  element.addEventListener('blur', () => {
    place = -1;
    chart.dispatchAction({ type: 'hideTip' });
  });
  new ResizeObserver(() => chart.resize()).observe(element);

  return {
    element,
    update(next) {
      content = next;
      chart.setOption(next.option, { notMerge: true });
    },
    picture: (scale, background) => chart.renderToCanvas({ pixelRatio: scale, backgroundColor: background }),
  };
}

/** Read cell by cell, because an element outside of the document has no laid-out text. */
function textOf(values: HTMLElement | undefined): string {
  const rows = [...(values?.querySelectorAll('tr') ?? [])];
  return rows.map((row) => [...row.children].map((cell) => cell.textContent.trim()).join(' ')).join('; ');
}
