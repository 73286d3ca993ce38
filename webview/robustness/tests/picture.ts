/** Chart and table as one PNG, in the theme's colours. */
import type { Chart } from '../../common/chart/chart';
import { drawKey } from '../../common/chart/keys';
import { chartColours, type ChartColours } from '../../common/chart/palette';
import { pngOf } from '../../common/png';
import type { Model, TestRow } from '../model';
import { COLUMN_IDS, COLUMNS, sortRows, type ColumnId } from './columns';
import type { Curve } from './curves';

const SCALE = 2;
const MARGIN = 16;
const LINE = 22;
const WIDTHS: Readonly<Record<ColumnId, number>> = {
  ...{ test: 190, epoch: 56, result: 80, clean: 66, accuracy: 84, drop: 200, dropOfLabel: 200 },
  ...{ flips: 66, spearman: 82, ssim: 60, overlap: 70 },
};
const TABLE_WIDTH = COLUMN_IDS.reduce((sum, id) => sum + WIDTHS[id], 0);

export function testsPicture(chart: Chart, model: Model, curves: readonly Curve[]): Promise<Uint8Array<ArrayBuffer>> {
  const colours = chartColours();
  const picture = chart.picture(SCALE, colours.background);
  const rows = sortRows(model.rows, model.state.sort);
  const chartHeight = picture.height / SCALE;
  const width = Math.max(picture.width / SCALE, TABLE_WIDTH) + 2 * MARGIN;
  const keys = MARGIN + LINE + chartHeight + MARGIN;
  const top = keys + Math.max(curves.length, 1) * LINE + MARGIN;
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = (top + (rows.length + 1) * LINE + MARGIN) * SCALE;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.scale(SCALE, SCALE);
  context.fillStyle = colours.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  context.font = `600 14px ${colours.font}`;
  context.fillStyle = colours.text;
  context.fillText(`Robustness of ${model.view.studyName}`, MARGIN, MARGIN + LINE / 2 - 2);
  context.drawImage(picture, MARGIN, MARGIN + LINE, picture.width / SCALE, chartHeight);
  context.font = `13px ${colours.font}`;
  curves.forEach(({ title, style }, place) => {
    const y = keys + place * LINE + LINE / 2;
    drawKey(context, MARGIN, y, style);
    context.fillStyle = colours.text;
    context.textAlign = 'left';
    context.fillText(title, MARGIN + 40, y);
  });
  drawTable(context, rows, top, colours);
  return pngOf(canvas);
}

function drawTable(
  context: CanvasRenderingContext2D,
  rows: readonly TestRow[],
  top: number,
  colours: ChartColours,
): void {
  let left = MARGIN;
  context.font = `12px ${colours.font}`;
  for (const id of COLUMN_IDS) {
    const { head, text, basis } = COLUMNS[id];
    const numeric = id !== 'test' && id !== 'result';
    const x = numeric ? left + WIDTHS[id] - 10 : left;
    context.textAlign = numeric ? 'right' : 'left';
    context.fillStyle = colours.muted;
    context.fillText(head, x, top + LINE / 2);
    rows.forEach((row, place) => {
      const under = basis?.(row) ?? '';
      context.fillStyle = row.outcome?.kind === 'stale' ? colours.muted : colours.text;
      const y = top + (place + 1) * LINE + LINE / 2;
      context.fillText(under === '' ? text(row) : `${text(row)}  (${under})`, x, y);
    });
    left += WIDTHS[id];
  }
  context.strokeStyle = colours.lines;
  context.globalAlpha = 0.4;
  for (let place = 1; place <= rows.length; place++) {
    context.beginPath();
    context.moveTo(MARGIN, top + place * LINE);
    context.lineTo(MARGIN + TABLE_WIDTH, top + place * LINE);
    context.stroke();
  }
  context.globalAlpha = 1;
}
