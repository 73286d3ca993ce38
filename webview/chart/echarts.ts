/** The only module that imports ECharts, of which it registers the parts that are used. It is loaded by the first chart. */
import { LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { connect, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, MarkLineComponent, TitleComponent, TooltipComponent, CanvasRenderer]);

/** Charts of a group show the same epoch under the pointer. */
const GROUP = 'epochs';
connect(GROUP);

export type DrawnChart = ReturnType<typeof init>;

export function drawChart(element: HTMLElement): DrawnChart {
  const chart = init(element, null, { renderer: 'canvas' });
  chart.group = GROUP;
  return chart;
}
