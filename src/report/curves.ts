/** Curves by epoch, drawn to SVG by Apache ECharts without a browser. */
import { LineChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { html, trusted, type Markup } from './markup';

echarts.use([LineChart, GridComponent, TitleComponent, SVGRenderer]);

type Point = readonly [epoch: number, value: number | null];

export interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly dashed?: boolean;
  readonly dotted?: boolean;
  /** [epoch, value]; null where it was not measured. */
  readonly points: readonly Point[];
  /** [epoch, low, high] of intervals, drawn as lines through the points. */
  readonly intervals?: readonly (readonly [epoch: number, low: number, high: number])[];
  /** Measured by the axis on the right. */
  readonly onRight?: boolean;
}

export interface CurveChart {
  readonly title: string;
  readonly unit: string;
  /** Undefined: as the values need. */
  readonly range?: readonly [number, number];
  /** Of the axis on the right, if there is one. */
  readonly right?: { readonly unit: string; readonly range: readonly [number, number] };
  readonly curves: readonly Curve[];
}

/** Told apart also by those who see few colours: Okabe and Ito's, without the yellow that paper swallows. */
const CURVE_COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#000000'] as const;

export function curveColour(index: number): string {
  return CURVE_COLOURS[index % CURVE_COLOURS.length] as string;
}

const WIDTH = 460;
const HEIGHT = 270;
const INK = '#333';

export function drawCurves({ title, unit, range, right, curves }: CurveChart): Markup {
  return svgChart(
    title,
    {
      grid: { left: 56, right: right === undefined ? 16 : 48, top: 52, bottom: 44 },
      xAxis: { type: 'value', name: 'epoch', nameLocation: 'middle', nameGap: 24, minInterval: 1, max: 'dataMax' },
      yAxis: [
        { type: 'value', name: unit, min: range?.[0] ?? null, max: range?.[1] ?? null },
        ...(right === undefined
          ? []
          : [
              { type: 'value', name: right.unit, min: right.range[0], max: right.range[1], splitLine: { show: false } },
            ]),
      ],
      series: curves.flatMap(seriesOf),
    },
    curves,
    `${title} by epoch`,
  );
}

/** A chart with its title and its legend. @param option ECharts' own */
export function svgChart(title: string, option: object, curves: readonly Curve[], label = title): Markup {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'system-ui, sans-serif', color: INK },
      title: { text: title, textStyle: { fontSize: 14, color: INK } },
      grid: { left: 56, right: 16, top: 52, bottom: 44 },
      ...option,
    });
    return html`<div class="chart">
      <div role="img" aria-label="${label}">${trusted(withoutStyleSheet(chart.renderToSVGString()))}</div>
      ${legend(curves)}
    </div>`;
  } finally {
    chart.dispose();
  }
}

/** It is about what a pointer changes, of which there is nothing here, and the page's policy refuses it. */
function withoutStyleSheet(svg: string): string {
  return svg.replace(/<style[^>]*>.*?<\/style>/gs, '');
}

/** Below the chart and no part of it: nothing here can measure text, and the page wraps it. */
function legend(curves: readonly Curve[]): Markup {
  return html`<ul class="legend">
    ${curves.map(
      (curve) => html`<li><span style="border-top: 3px ${lineOf(curve)} ${curve.colour}"></span>${curve.name}</li>`,
    )}
  </ul>`;
}

function lineOf({ dashed = false, dotted = false }: Curve): 'solid' | 'dashed' | 'dotted' {
  return dotted ? 'dotted' : dashed ? 'dashed' : 'solid';
}

function seriesOf(curve: Curve): object[] {
  const { name, colour, points, intervals = [], onRight = false } = curve;
  const common = { type: 'line', color: colour, yAxisIndex: onRight ? 1 : 0 };
  const line = {
    ...common,
    name,
    data: points.map((point) => [...point]),
    symbolSize: 6,
    lineStyle: { type: lineOf(curve) },
  };
  const bars = intervals.map(([epoch, low, high]) => ({
    ...common,
    data: [
      [epoch, low],
      [epoch, high],
    ],
    symbol: 'rect',
    symbolSize: [7, 1.5],
    lineStyle: { width: 1.5, opacity: 0.6 },
  }));
  return [line, ...bars];
}

/** Charts side by side, as far as there is room. */
export function charts(drawn: readonly Markup[]): Markup {
  return html`<div class="charts">${drawn}</div>`;
}
