/** A reliability diagram: accuracy by confidence, drawn to SVG without a browser. */
import { LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ReliabilityBin } from '../measures/calibration/measured';
import { percentOf } from '../statistics';
import { curveColour, svgChart } from './curves';
import type { Markup } from './markup';

echarts.use([LineChart, ScatterChart, GridComponent, TitleComponent, SVGRenderer]);

/** Bins that hold images, with Wilson's intervals; on the diagonal confidence is what it says. */
export function drawReliability(title: string, bins: readonly ReliabilityBin[]): Markup {
  const points = bins.flatMap(({ confidence, accuracy, n }) =>
    confidence === null || accuracy === null
      ? []
      : [{ x: 100 * confidence, y: percentOf(accuracy), n, interval: accuracy.interval }],
  );
  const most = Math.max(1, ...points.map(({ n }) => n));
  const axis = { type: 'value', min: 0, max: 100 };
  const colour = curveColour(0);
  return svgChart(
    title,
    {
      xAxis: { ...axis, name: 'confidence %', nameLocation: 'middle', nameGap: 24 },
      yAxis: { ...axis, name: 'accuracy %' },
      series: [
        {
          type: 'line',
          data: [
            [0, 0],
            [100, 100],
          ],
          symbol: 'none',
          lineStyle: { color: '#666', type: 'dashed' },
        },
        ...points.flatMap(({ x, interval }) =>
          interval === null
            ? []
            : [
                {
                  type: 'line',
                  data: [
                    [x, interval.low],
                    [x, interval.high],
                  ],
                  symbol: 'rect',
                  symbolSize: [7, 1.5],
                  color: colour,
                  lineStyle: { width: 1.5, opacity: 0.6 },
                },
              ],
        ),
        {
          type: 'scatter',
          color: colour,
          data: points.map(({ x, y, n }) => ({ value: [x, y], symbolSize: 5 + 13 * Math.sqrt(n / most) })),
        },
      ],
    },
    [
      { name: 'test images, by their number', colour, points: [] },
      { name: 'confidence as high as accuracy', colour: '#666', dashed: true, points: [] },
    ],
  );
}
