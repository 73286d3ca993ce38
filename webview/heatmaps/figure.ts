/** The whole figure as one picture: on white, with labels and the colour bar, as it is wanted in a paper. */
import { confidenceOf } from './cell';
import { paintBar } from '../common/heat/colourBar';
import { scales, shownCell, type Model } from './model';
import { compositeOf, heatValues, paintHeat, paintPicture, type Context } from '../common/heat/paint';
import { labelOf } from '../common/heat/results';
import { createFigure, drawFlat, GREY, write } from '../common/heat/canvasText';
import { accuracyText, className, imageName, percent, shortNumber } from '../common/text';

/** Of the figure, in its own units, which are drawn twice as large. */
const CELL = 128;
const GAP = 10;
const CAPTION = 18;
const MARGIN = 20;
const NAMES = 130;
const TITLE = 58;
const HEAD = 38;
const BAR = 46;

export async function figureOf(model: Model): Promise<Blob> {
  const width = 2 * MARGIN + NAMES + Math.max(model.checkpoints.length, 3) * (CELL + GAP);
  const height = 2 * MARGIN + TITLE + HEAD + model.images.length * (CELL + CAPTION + GAP) + BAR;
  const { canvas, context } = createFigure(width, height);
  drawTitle(context, model, width);
  drawHead(context, model);
  model.images.forEach((image, row) => drawRow(context, model, image, row));
  drawBar(context, model, height - MARGIN - BAR + 14);
  return canvas.convertToBlob({ type: 'image/png' });
}

function drawTitle(context: Context, model: Model, width: number): void {
  const { target, scale } = model.settings;
  const whose =
    target === 'predicted'
      ? 'the predicted class'
      : target === 'label'
        ? 'the label'
        : className(model.view.classNames, target);
  const scaled = { image: 'each map on its own scale', row: 'one scale a row', shared: 'one scale for all maps' }[
    scale
  ];
  const maxWidth = width - 2 * MARGIN;
  write(context, `Grad-CAM across checkpoints: ${model.view.studyName}`, MARGIN, MARGIN + 16, {
    size: 16,
    bold: true,
    maxWidth,
  });
  const below = `Heatmaps of ${whose}, layer ${model.layer}, ${scaled}`;
  write(context, below, MARGIN, MARGIN + 36, { colour: GREY, maxWidth });
}

function columnAt(column: number): number {
  return MARGIN + NAMES + column * (CELL + GAP);
}

function drawHead(context: Context, model: Model): void {
  model.checkpoints.forEach(({ epoch, testAccuracy }, column) => {
    const x = columnAt(column) + CELL / 2;
    write(context, `Epoch ${epoch}`, x, MARGIN + TITLE + 12, { bold: true, align: 'center' });
    const accuracy = accuracyText(testAccuracy);
    if (accuracy !== '')
      write(context, `test ${accuracy}`, x, MARGIN + TITLE + 27, { size: 11, colour: GREY, align: 'center' });
  });
}

function drawRow(context: Context, model: Model, image: string, row: number): void {
  const y = MARGIN + TITLE + HEAD + row * (CELL + CAPTION + GAP);
  const explained = model.results.image(image);
  const label = labelOf(explained);
  const maxWidth = NAMES - 12;
  write(context, imageName(image), MARGIN, y + CELL / 2 - 4, { bold: true, maxWidth });
  const below =
    explained?.usable === false
      ? 'cannot be read'
      : label === null
        ? 'no label'
        : className(model.view.classNames, label);
  write(context, below, MARGIN, y + CELL / 2 + 12, { colour: GREY, maxWidth });
  const scaleOf = scales(model);
  const scale = scaleOf(image);
  if (model.settings.scale === 'row' && scale !== undefined) {
    const range = `${shortNumber(scale.minimum)} … ${shortNumber(scale.maximum)}`;
    write(context, range, MARGIN, y + CELL / 2 + 28, { size: 11, colour: GREY, maxWidth });
  }
  model.checkpoints.forEach(({ epoch }, column) => drawCell(context, model, image, epoch, columnAt(column), y, scale));
}

function drawCell(
  context: Context,
  model: Model,
  image: string,
  epoch: number,
  x: number,
  y: number,
  scale: ReturnType<ReturnType<typeof scales>>,
): void {
  const { settings } = model;
  const explained = model.results.image(image);
  if (explained?.usable === true) {
    const picture = new OffscreenCanvas(1, 1);
    paintPicture(picture, explained.picture);
    context.imageSmoothingEnabled = true;
    context.drawImage(picture, x, y, CELL, CELL);
  }
  const shown = shownCell(model, image, epoch);
  if (shown === undefined) {
    context.strokeStyle = '#cccccc';
    context.strokeRect(x + 0.5, y + 0.5, CELL - 1, CELL - 1);
    return;
  }
  const heat = new OffscreenCanvas(1, 1);
  paintHeat(heat, heatValues(shown, scale, settings.smooth, 2 * CELL), settings);
  context.save();
  context.globalAlpha = settings.opacity;
  context.globalCompositeOperation = compositeOf(settings.blending);
  context.imageSmoothingEnabled = settings.smooth;
  if (!shown.flat) context.drawImage(heat, x, y, CELL, CELL);
  context.restore();
  if (shown.flat) drawFlat(context, x + CELL, y);
  const { predicted } = shown.result;
  const right = shown.label === null ? '' : predicted === shown.label ? '✓ ' : '✗ ';
  const colour = right === '' ? '#1a1a1a' : right === '✓ ' ? '#1a7f37' : '#b3261e';
  const confidence = percent(confidenceOf(shown));
  write(context, confidence, x + CELL, y + CELL + 14, { size: 11, align: 'right' });
  const maxWidth = CELL - 44;
  write(context, right + className(model.view.classNames, predicted), x, y + CELL + 14, { size: 11, colour, maxWidth });
}

function drawBar(context: Context, model: Model, y: number): void {
  const { scale, colourMap } = model.settings;
  const shared = scale === 'shared' ? scales(model)('') : undefined;
  const [low, high] =
    shared === undefined ? ['min', 'max'] : [shortNumber(shared.minimum), shortNumber(shared.maximum)];
  const bar = new OffscreenCanvas(256, 1);
  paintBar(bar, colourMap);
  const x = columnAt(0);
  context.drawImage(bar, x, y, 220, 12);
  context.strokeStyle = '#999999';
  context.strokeRect(x - 0.5, y - 0.5, 221, 13);
  write(context, low, x, y + 27, { size: 11 });
  write(context, high, x + 220, y + 27, { size: 11, align: 'right' });
  write(context, 'heat', x + 110, y + 27, { size: 11, colour: GREY, align: 'center' });
}
