/** The charts that are shown and their legend as one PNG. */
import * as l10n from '@vscode/l10n';
import type { ChartHandle } from '../chart/chart';
import { drawKey } from '../chart/keys';
import { pngOf } from '../common/png';
import { partText, type Part } from './measures';
import { chartColours, type SeriesStyle } from '../chart/palette';

const SCALE = 2;
const LINE = 22;
const MARGIN = 16;

/** A line of the legend. */
export interface LegendEntry {
  readonly text: string;
  readonly style: SeriesStyle;
}

/** So many charts stand beside each other. */
const MOST_COLUMNS = 2;
/** Of more runs the legend would be larger than the charts. */
const MOST_ENTRIES = 30;

export function metricsPicture(
  charts: readonly ChartHandle[],
  legend: readonly LegendEntry[],
  parts: readonly Part[],
  note: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const colours = chartColours();
  const pictures = charts.flatMap(({ drawn }) =>
    drawn === undefined ? [] : [drawn.renderToCanvas({ pixelRatio: SCALE, backgroundColor: colours.background })],
  );
  if (pictures.length === 0) throw new Error(l10n.t('There is nothing to export yet.'));
  const columns = Math.min(pictures.length, MOST_COLUMNS);
  const [width, height] = (['width', 'height'] as const).map(
    (side) => Math.max(...pictures.map((each) => each[side])) / SCALE + MARGIN,
  ) as [number, number];
  const entries = legend.slice(0, MOST_ENTRIES);
  const top = Math.ceil(pictures.length / columns) * height + 2 * MARGIN;
  const canvas = document.createElement('canvas');
  canvas.width = (width * columns + MARGIN) * SCALE;
  canvas.height = (top + (entries.length + 2) * LINE + MARGIN) * SCALE;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.scale(SCALE, SCALE);
  context.fillStyle = colours.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  pictures.forEach((picture, place) => {
    const x = MARGIN + (place % columns) * width;
    const y = MARGIN + Math.floor(place / columns) * height;
    context.drawImage(picture, x, y, picture.width / SCALE, picture.height / SCALE);
  });
  context.font = `13px ${colours.font}`;
  context.textBaseline = 'middle';
  entries.forEach(({ text, style }, row) => {
    const y = top + row * LINE + LINE / 2;
    drawKey(context, MARGIN, y, style);
    context.fillStyle = colours.text;
    context.fillText(text, MARGIN + 40, y);
  });
  context.fillStyle = colours.muted;
  [meaningOf(parts), note].forEach((text, row) => {
    context.fillText(text, MARGIN + 40, top + (entries.length + row) * LINE + LINE / 2);
  });
  return pngOf(canvas);
}

function meaningOf(parts: readonly Part[]): string {
  const meanings = parts.map((part) => {
    if (part === 'validation') return l10n.t('dotted: {0}', partText(part));
    return part === 'test' ? l10n.t('solid: {0}', partText(part)) : l10n.t('dashed: {0}', partText(part));
  });
  return meanings.join(', ');
}
