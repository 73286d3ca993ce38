/** Chart and table as one PNG, in the theme's colours. */
import * as l10n from '@vscode/l10n';
import type { DrawnChart } from '../../chart/echarts';
import { drawKey } from '../../chart/keys';
import { chartColours, type ChartColours } from '../../chart/palette';
import { pngOf } from '../../common/png';
import type { RobustnessState, TestRow } from '../robustnessState';
import { columns, sortRows, type Column, type Sort } from './columns';
import type { Curve } from './curves';

const SCALE = 2;
const MARGIN = 16;
const LINE = 22;
const GAP = 14;

/** By column. */
type Widths = ReadonlyMap<Column, number>;

export function testsPicture(
  chart: DrawnChart,
  { rows: all, view }: RobustnessState,
  curves: readonly Curve[],
  sort: Sort,
): Promise<Uint8Array<ArrayBuffer>> {
  const colours = chartColours();
  const picture = chart.renderToCanvas({ pixelRatio: SCALE, backgroundColor: colours.background });
  const rows = sortRows(all, sort);
  const chartHeight = picture.height / SCALE;
  const keys = MARGIN + LINE + chartHeight + MARGIN;
  const top = keys + Math.max(curves.length, 1) * LINE + MARGIN;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.font = tableFont(colours);
  const widths = widthsOf(context, rows);
  const width = Math.max(picture.width / SCALE, totalOf(widths)) + 2 * MARGIN;
  // A new size resets all settings of the context.
  canvas.width = width * SCALE;
  canvas.height = (top + (rows.length + 1) * LINE + MARGIN) * SCALE;
  context.scale(SCALE, SCALE);
  context.fillStyle = colours.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  context.font = `600 14px ${colours.font}`;
  context.fillStyle = colours.text;
  context.fillText(l10n.t('Robustness of {0}', view.name), MARGIN, MARGIN + LINE / 2 - 2);
  context.drawImage(picture, MARGIN, MARGIN + LINE, picture.width / SCALE, chartHeight);
  context.font = `13px ${colours.font}`;
  curves.forEach(({ title, style }, place) => {
    const y = keys + place * LINE + LINE / 2;
    drawKey(context, MARGIN, y, style);
    context.fillStyle = colours.text;
    context.textAlign = 'left';
    context.fillText(title, MARGIN + 40, y);
  });
  drawTable(context, rows, { widths, top, colours });
  return pngOf(canvas);
}

function tableFont({ font }: ChartColours): string {
  return `12px ${font}`;
}

/** A column is as wide as its longest text. */
function widthsOf(context: CanvasRenderingContext2D, rows: readonly TestRow[]): Widths {
  return new Map(
    columns().map((column) => {
      const texts = [column.head, ...rows.map((row) => cellText(column, row))];
      return [column, GAP + Math.max(...texts.map((text) => context.measureText(text).width))];
    }),
  );
}

function totalOf(widths: Widths): number {
  return [...widths.values()].reduce((sum, width) => sum + width, 0);
}

/** "0.0210  (0.0100 … 0.0320, n = 120)" */
function cellText({ text, basis }: Column, row: TestRow): string {
  const under = basis?.(row) ?? '';
  return under === '' ? text(row) : `${text(row)}  (${under})`;
}

interface TableLayout {
  readonly widths: Widths;
  readonly top: number;
  readonly colours: ChartColours;
}

function drawTable(
  context: CanvasRenderingContext2D,
  rows: readonly TestRow[],
  { widths, top, colours }: TableLayout,
): void {
  let left = MARGIN;
  context.font = tableFont(colours);
  for (const [column, width] of widths) {
    const { id, head } = column;
    const numeric = id !== 'test' && id !== 'result';
    const x = numeric ? left + width - GAP : left;
    context.textAlign = numeric ? 'right' : 'left';
    context.fillStyle = colours.muted;
    context.fillText(head, x, top + LINE / 2);
    rows.forEach((row, place) => {
      context.fillStyle = row.outcome?.kind === 'stale' ? colours.muted : colours.text;
      const y = top + (place + 1) * LINE + LINE / 2;
      context.fillText(cellText(column, row), x, y);
    });
    left += width;
  }
  context.strokeStyle = colours.lines;
  context.globalAlpha = 0.4;
  for (let place = 1; place <= rows.length; place++) {
    context.beginPath();
    context.moveTo(MARGIN, top + place * LINE);
    context.lineTo(MARGIN + totalOf(widths), top + place * LINE);
    context.stroke();
  }
  context.globalAlpha = 1;
}
