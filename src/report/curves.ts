/** Curves by epoch, drawn to SVG by Apache ECharts without a browser. */
import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { trusted, type Markup } from './markup';

echarts.use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

export interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly dashed?: boolean;
  /** [epoch, value]; null where it was not measured. */
  readonly points: readonly (readonly [number, number | null])[];
}

export interface CurveChart {
  readonly title: string;
  readonly unit: string;
  /** Undefined: as the values need. */
  readonly range?: readonly [number, number];
  readonly curves: readonly Curve[];
}

const WIDTH = 460;
const HEIGHT = 300;
const INK = '#333';

export function drawCurves({ title, unit, range, curves }: CurveChart): Markup {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'system-ui, sans-serif', color: INK },
      title: { text: title, textStyle: { fontSize: 14, color: INK } },
      legend: { bottom: 0, icon: 'roundRect' },
      grid: { left: 52, right: 16, top: 44, bottom: 64 },
      xAxis: { type: 'value', name: 'epoch', nameLocation: 'middle', nameGap: 24, minInterval: 1, max: 'dataMax' },
      yAxis: { type: 'value', name: unit, min: range?.[0] ?? null, max: range?.[1] ?? null },
      series: curves.map(({ name, colour, dashed = false, points }) => ({
        type: 'line',
        name,
        data: points.map((point) => [...point]),
        color: colour,
        symbolSize: 6,
        lineStyle: { type: dashed ? 'dashed' : 'solid' },
      })),
    });
    return trusted(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}
