/** The only module that imports ECharts, of which it registers the parts that are used. It is loaded by the first chart. */
import { LineChart } from 'echarts/charts';
import {
  DataZoomInsideComponent,
  GridComponent,
  MarkLineComponent,
  TitleComponent,
  ToolboxComponent,
  TooltipComponent,
} from 'echarts/components';
import { connect, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([
  LineChart,
  DataZoomInsideComponent,
  GridComponent,
  MarkLineComponent,
  TitleComponent,
  ToolboxComponent,
  TooltipComponent,
  CanvasRenderer,
]);

/** Charts of a group show the same epoch under the pointer. */
export const EPOCHS_GROUP = 'epochs';
connect(EPOCHS_GROUP);

export type DrawnChart = ReturnType<typeof init>;

export function drawChart(element: HTMLElement, group?: string): DrawnChart {
  const chart = init(element, null, { renderer: 'canvas' });
  if (group !== undefined) chart.group = group;
  return chart;
}
