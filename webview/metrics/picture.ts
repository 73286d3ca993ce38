/** Both charts and their legend as one PNG. */
import * as l10n from '@vscode/l10n';
import type { ChartHandle } from '../chart/chart';
import { drawKey } from '../chart/keys';
import { pngOf } from '../common/png';
import type { ShownRun } from './chartOption';
import { partsOf, partText, runTitle, type Part } from './measures';
import { chartColours } from '../chart/palette';

const SCALE = 2;
const LINE = 22;
const MARGIN = 16;

export function metricsPicture(
  charts: readonly ChartHandle[],
  runs: readonly ShownRun[],
  parts: readonly Part[],
): Promise<Uint8Array<ArrayBuffer>> {
  const colours = chartColours();
  const pictures = charts.flatMap(({ drawn }) =>
    drawn === undefined ? [] : [drawn.renderToCanvas({ pixelRatio: SCALE, backgroundColor: colours.background })],
  );
  const width = pictures.reduce((sum, picture) => sum + picture.width, 0) / SCALE + MARGIN * (pictures.length + 1);
  const top = Math.max(...pictures.map(({ height }) => height)) / SCALE + 2 * MARGIN;
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = (top + (runs.length + 1) * LINE + MARGIN) * SCALE;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.scale(SCALE, SCALE);
  context.fillStyle = colours.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  let left = MARGIN;
  for (const picture of pictures) {
    context.drawImage(picture, left, MARGIN, picture.width / SCALE, picture.height / SCALE);
    left += picture.width / SCALE + MARGIN;
  }
  context.font = `13px ${colours.font}`;
  context.textBaseline = 'middle';
  runs.forEach(({ curve, style }, row) => {
    const y = top + row * LINE + LINE / 2;
    drawKey(context, MARGIN, y, style);
    context.fillStyle = colours.text;
    context.fillText(`${runTitle(curve)}: ${curve.stateText}`, MARGIN + 40, y);
  });
  context.fillStyle = colours.muted;
  const meaning = partsOf(
    runs.map(({ curve }) => curve),
    parts,
  )
    .map((part) => {
      if (part === 'validation') return l10n.t('dotted: {0}', partText(part));
      return part === 'test' ? l10n.t('solid: {0}', partText(part)) : l10n.t('dashed: {0}', partText(part));
    })
    .join(', ');
  context.fillText(meaning, MARGIN + 40, top + runs.length * LINE + LINE / 2);
  return pngOf(canvas);
}
