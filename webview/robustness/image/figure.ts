/** The grid as one picture: on white, with labels and numbers, as it is wanted in a paper. */
import { GREY, drawFlat, write } from '../../common/heat/canvasText';
import { compositeOf, contextOf, heatValues, paintHeat, paintPicture, type Context } from '../../common/heat/paint';
import { accuracyText, className, imageName, percent } from '../../common/text';
import { numberText } from '../tests/measures';
import { pictureOf } from './cell';
import { scalesOf, sightOf, type ImageModel, type ImageRow } from './model';
import { confidenceOf, degreesText, similarityText } from './words';

/** Of the figure, in its own units, which are drawn twice as large. */
const CELL = 128;
const GAP = 14;
const CAPTION = 46;
const MARGIN = 20;
const NAMES = 150;
const TITLE = 58;
const HEAD = 38;
/** Browsers refuse larger canvases. */
const MAX_PIXELS = 120e6;
const MAX_SIDE = 16_000;

export async function imageFigure(of: ImageModel): Promise<Uint8Array<ArrayBuffer>> {
  const { checkpoints, view } = of.model;
  const width = 2 * MARGIN + NAMES + Math.max(checkpoints.length, 3) * (CELL + GAP);
  const height = 2 * MARGIN + TITLE + HEAD + of.rows.length * (CELL + CAPTION);
  const density = Math.min(2, MAX_SIDE / Math.max(width, height), Math.sqrt(MAX_PIXELS / (width * height)));
  const canvas = new OffscreenCanvas(Math.round(width * density), Math.round(height * density));
  const context = contextOf(canvas);
  context.scale(density, density);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  const maxWidth = width - 2 * MARGIN;
  const label = of.label === null ? '' : `, ${className(view.classNames, of.label)}`;
  const title = `Robustness across checkpoints: ${imageName(of.image)}${label}`;
  write(context, title, MARGIN, MARGIN + 16, { size: 16, bold: true, maxWidth });
  const below = `${view.studyName}. Grad-CAM of the clean prediction, layer ${of.looked.layer?.name ?? ''}. ρ: rank correlation with the clean heatmap; 20 %: overlap of the hottest fifth`;
  write(context, below, MARGIN, MARGIN + 36, { colour: GREY, maxWidth });
  checkpoints.forEach(({ epoch, testAccuracy }, column) => {
    const x = columnAt(column) + CELL / 2;
    write(context, `Epoch ${epoch}`, x, MARGIN + TITLE + 12, { bold: true, align: 'center' });
    const accuracy = accuracyText(testAccuracy);
    if (accuracy !== '')
      write(context, `test ${accuracy}`, x, MARGIN + TITLE + 27, { size: 11, colour: GREY, align: 'center' });
  });
  of.rows.forEach((row, index) => drawRow(context, of, row, MARGIN + TITLE + HEAD + index * (CELL + CAPTION)));
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}

function columnAt(column: number): number {
  return MARGIN + NAMES + column * (CELL + GAP);
}

function drawRow(context: Context, of: ImageModel, row: ImageRow, y: number): void {
  const turned = row.kind === 'clean' ? '' : degreesText(of.looked.picture(of.image, row.at)?.degrees ?? 0);
  const [title, below] = row.kind === 'clean' ? ['Clean', ''] : [row.entry.title, `round ${row.at.round + 1}`];
  write(context, title, MARGIN, y + CELL / 2 - 4, { bold: true, maxWidth: NAMES - 12 });
  write(context, turned === '' ? below : `${below}: ${turned}`, MARGIN, y + CELL / 2 + 12, { colour: GREY });
  of.model.checkpoints.forEach(({ epoch }, column) => drawCell(context, of, row, epoch, columnAt(column), y));
}

function drawCell(context: Context, of: ImageModel, row: ImageRow, epoch: number, x: number, y: number): void {
  const { look } = of.model.state;
  const shown = pictureOf(of, row);
  if (shown !== undefined) {
    const picture = new OffscreenCanvas(1, 1);
    paintPicture(picture, shown);
    context.imageSmoothingEnabled = true;
    context.drawImage(picture, x, y, CELL, CELL);
  }
  const sight = sightOf(of, row, epoch);
  if (sight === undefined) {
    context.strokeStyle = '#cccccc';
    context.strokeRect(x + 0.5, y + 0.5, CELL - 1, CELL - 1);
    return;
  }
  const heat = new OffscreenCanvas(1, 1);
  paintHeat(heat, heatValues(sight, scalesOf(of)(row), look.smooth, 2 * CELL), look);
  context.save();
  context.globalAlpha = look.opacity;
  context.globalCompositeOperation = compositeOf(look.blending);
  context.imageSmoothingEnabled = look.smooth;
  if (!sight.flat) context.drawImage(heat, x, y, CELL, CELL);
  context.restore();
  if (sight.flat) drawFlat(context, x + CELL, y);
  const right = of.label === null ? '' : sight.predicted === of.label ? '✓ ' : '✗ ';
  const colour = right === '' ? '#1a1a1a' : right === '✓ ' ? '#1a7f37' : '#b3261e';
  write(context, percent(confidenceOf(sight)), x + CELL, y + CELL + 13, { size: 11, align: 'right' });
  write(context, right + className(of.model.view.classNames, sight.predicted), x, y + CELL + 13, {
    size: 11,
    colour,
    maxWidth: CELL - 44,
  });
  const perturbed = row.kind === 'clean' ? undefined : of.looked.perturbed(of.image, row.at, epoch);
  if (perturbed === undefined) return;
  write(context, `drop ${numberText(perturbed.drop.ofPrediction, 3)}`, x, y + CELL + 26, { size: 10, colour: GREY });
  write(context, similarityText(perturbed), x, y + CELL + 38, { size: 9, colour: GREY, maxWidth: CELL + GAP });
}
