/** Both charts and what their lines are, as one PNG. */
import type { Chart } from '../common/chart/chart';
import type { ShownRun } from './chartOption';
import { PART_TEXT, type Part } from './measures';
import { chartColours, type RunStyle } from '../common/chart/palette';

const SCALE = 2;
const LINE = 22;
const MARGIN = 16;

export async function metricsPicture(
  charts: readonly Chart[],
  runs: readonly ShownRun[],
  parts: readonly Part[],
): Promise<Uint8Array<ArrayBuffer>> {
  const colours = chartColours();
  const pictures = charts.map((chart) => chart.picture(SCALE, colours.background));
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
    drawKey(context, y, style);
    context.fillStyle = colours.text;
    context.fillText(`${curve.studyName} ${curve.id}: ${curve.stateText}`, MARGIN + 40, y);
  });
  context.fillStyle = colours.muted;
  const meaning = parts.map((part) => `${part === 'test' ? 'solid' : 'dashed'}: ${PART_TEXT[part]}`).join(', ');
  context.fillText(meaning, MARGIN + 40, top + runs.length * LINE + LINE / 2);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob === null)
    throw new Error('the picture is too large for the browser; show fewer runs, or make the panel smaller');
  return new Uint8Array(await blob.arrayBuffer());
}

function drawKey(context: CanvasRenderingContext2D, y: number, { colour, symbol }: RunStyle): void {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(MARGIN, y);
  context.lineTo(MARGIN + 30, y);
  context.stroke();
  const x = MARGIN + 15;
  context.beginPath();
  if (symbol === 'circle') context.arc(x, y, 4.5, 0, 2 * Math.PI);
  else {
    const corners = {
      rect: [-4, -4, 4, -4, 4, 4, -4, 4],
      triangle: [0, -5, 5, 4, -5, 4],
      diamond: [0, -5, 5, 0, 0, 5, -5, 0],
    }[symbol];
    for (let i = 0; i < corners.length; i += 2)
      context.lineTo(x + (corners[i] as number), y + (corners[i + 1] as number));
  }
  context.fill();
}
