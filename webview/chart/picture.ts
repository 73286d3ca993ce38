/** All charts as one PNG, with their texts. */
import * as l10n from '@vscode/l10n';
import type { ChartHandle } from './chart';
import { chartColours } from './palette';
import { pngOf } from '../common/png';

const SCALE = 2;
const MARGIN = 16;
const LINE = 20;

export function chartsPicture(
  charts: readonly ChartHandle[],
  lines: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const colours = chartColours();
  const pictures = charts.flatMap(({ drawn }) =>
    drawn === undefined ? [] : [drawn.renderToCanvas({ pixelRatio: SCALE, backgroundColor: colours.background })],
  );
  if (pictures.length === 0) throw new Error(l10n.t('There is nothing to export yet.'));
  const columns = Math.min(pictures.length, 2);
  const [width, height] = (['width', 'height'] as const).map(
    (side) => Math.max(...pictures.map((each) => each[side])) / SCALE,
  ) as [number, number];
  const total = columns * (width + MARGIN) + MARGIN;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const font = `13px ${colours.font}`;
  context.font = font;
  const words = lines.flatMap((line) => wrapped(context, line, total - 2 * MARGIN));
  const top = MARGIN + words.length * LINE + MARGIN / 2;
  canvas.width = total * SCALE;
  canvas.height = (top + Math.ceil(pictures.length / columns) * (height + MARGIN)) * SCALE;
  context.scale(SCALE, SCALE);
  context.fillStyle = colours.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.font = font;
  context.fillStyle = colours.text;
  words.forEach((line, row) => context.fillText(line, MARGIN, MARGIN + (row + 0.7) * LINE));
  pictures.forEach((picture, place) => {
    const x = MARGIN + (place % columns) * (width + MARGIN);
    const y = top + Math.floor(place / columns) * (height + MARGIN);
    context.drawImage(picture, x, y, picture.width / SCALE, picture.height / SCALE);
  });
  return pngOf(canvas);
}

function wrapped(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    const longer = line === undefined ? word : `${line} ${word}`;
    if (line !== undefined && context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
