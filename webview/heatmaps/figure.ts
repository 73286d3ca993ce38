/** The whole figure as one picture for a paper: white, with labels and the colour bar. */
import { methodName } from '../../src/explanations';
import { confidenceOf } from './cell';
import { paintBar } from '../common/heat/colourBar';
import { scales, shownCell, type HeatmapsState } from './heatmapsState';
import type { Context } from '../common/heat/paint';
import { shownPicture } from '../common/heat/pictureStack';
import { labelOf } from '../common/heat/results';
import { createFigure, GREY, write } from '../common/heat/canvasText';
import { drawEpoch, drawHeat, drawPending, drawPicture, drawVerdict } from '../common/heat/figureCells';
import { className, imageName, shortNumber } from '../common/text';
import { resizeText } from '../../src/imaging/placement';

/** Lengths in the figure's own units, which are drawn at twice their size. */
const CELL = 128;
const GAP = 10;
const CAPTION = 18;
const MARGIN = 20;
const NAMES = 130;
const TITLE = 58;
const HEAD = 38;
const BAR = 46;

export async function figureOf(model: HeatmapsState): Promise<Blob> {
  const width = 2 * MARGIN + NAMES + Math.max(model.checkpoints.length, 3) * (CELL + GAP);
  const height = 2 * MARGIN + TITLE + HEAD + model.images.length * (CELL + CAPTION + GAP) + BAR;
  const { canvas, context } = createFigure(width, height);
  drawTitle(context, model, width);
  drawHead(context, model);
  model.images.forEach((image, row) => drawRow(context, model, image, row));
  drawBar(context, model, height - MARGIN - BAR + 14);
  return canvas.convertToBlob({ type: 'image/png' });
}

function drawTitle(context: Context, model: HeatmapsState, width: number): void {
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
  write(context, `${methodName(model.method)} across checkpoints: ${model.view.studyName}`, MARGIN, MARGIN + 16, {
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

function drawHead(context: Context, model: HeatmapsState): void {
  model.checkpoints.forEach((checkpoint, column) =>
    drawEpoch(context, columnAt(column) + CELL / 2, MARGIN + TITLE, checkpoint),
  );
}

function drawRow(context: Context, model: HeatmapsState, image: string, row: number): void {
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
  const range = model.settings.scale === 'row' && scale !== undefined;
  const original = explained?.usable === true ? explained.original : undefined;
  const notes = [
    ...(original === undefined ? [] : [resizeText(original.resize)]),
    ...(range ? [`${shortNumber(scale.minimum)} … ${shortNumber(scale.maximum)}`] : []),
  ];
  notes.forEach((note, line) =>
    write(context, note, MARGIN, y + CELL / 2 + 28 + 15 * line, { size: 11, colour: GREY, maxWidth }),
  );
  model.checkpoints.forEach(({ epoch }, column) => drawCell(context, model, image, epoch, columnAt(column), y, scale));
}

function drawCell(
  context: Context,
  model: HeatmapsState,
  image: string,
  epoch: number,
  x: number,
  y: number,
  scale: ReturnType<ReturnType<typeof scales>>,
): void {
  const place = { x, y, side: CELL };
  const explained = model.results.image(image);
  const picture = explained?.usable === true ? shownPicture(explained) : undefined;
  if (picture !== undefined) drawPicture(context, place, picture);
  const shown = shownCell(model, image, epoch);
  if (shown === undefined || picture === undefined) {
    drawPending(context, place);
    return;
  }
  drawHeat(context, place, picture, shown, scale, model.settings);
  const { predicted } = shown.result;
  drawVerdict(context, place, {
    name: className(model.view.classNames, predicted),
    right: shown.label === null ? null : predicted === shown.label,
    confidence: confidenceOf(shown),
  });
}

function drawBar(context: Context, model: HeatmapsState, y: number): void {
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
