/** The whole figure as one picture for a paper: white, with labels and the colour bar. */
import * as l10n from '@vscode/l10n';
import { methodName } from '../../src/explanations';
import type { Appearance } from '../common/heat/appearance';
import { createFigure, GREY, write } from '../common/heat/canvasText';
import { barPixels } from '../common/heat/colourBar';
import { drawEpoch, drawHeat, drawPending, drawPicture, drawVerdict } from '../common/heat/figureCells';
import { canvasOf, type Context } from '../common/heat/paint';
import { shownPicture } from '../common/heat/pictures';
import { labelOf } from '../common/heat/results';
import { resizeText } from '../common/heat/resizeText';
import { className, imageName, shortNumber } from '../common/text';
import { confidenceOf, isRight } from './cellText';
import { scales, shownCell, type HeatmapsState, type ScaleOf } from './heatmapsState';
import type { Target } from './settings';

/** Lengths in the figure's own units, which are drawn at twice their size. */
const CELL = 128;
const GAP = 10;
const CAPTION = 18;
const MARGIN = 20;
const NAMES = 130;
const TITLE = 58;
const HEAD = 38;
const BAR = 46;

/** What its parts are drawn with. */
interface Drawing {
  readonly context: Context;
  readonly state: HeatmapsState;
  readonly appearance: Appearance;
  readonly scaleOf: ScaleOf;
}

export async function figureOf(state: HeatmapsState, appearance: Appearance): Promise<Blob> {
  const { images, checkpoints } = state;
  const width = 2 * MARGIN + NAMES + Math.max(checkpoints.length, 3) * (CELL + GAP);
  const height = 2 * MARGIN + TITLE + HEAD + images.length * (CELL + CAPTION + GAP) + BAR;
  const { canvas, context } = createFigure(width, height);
  const drawing = { context, state, appearance, scaleOf: scales(state, appearance.scale) };
  drawTitle(drawing, width - 2 * MARGIN);
  checkpoints.forEach((checkpoint, column) =>
    drawEpoch(context, columnAt(column) + CELL / 2, MARGIN + TITLE, checkpoint),
  );
  images.forEach((image, row) => drawRow(drawing, image, row));
  drawBar(drawing, height - MARGIN - BAR + 14);
  return canvas.convertToBlob({ type: 'image/png' });
}

function drawTitle({ context, state: { method, layer, view, settings }, appearance }: Drawing, maxWidth: number): void {
  const title = l10n.t('{0} across checkpoints: {1}', methodName(method), view.studyName);
  write(context, title, MARGIN, MARGIN + 16, { size: 16, bold: true, maxWidth });
  const scaled = {
    image: l10n.t('each map on its own scale'),
    row: l10n.t('one scale a row'),
    shared: l10n.t('one scale for all maps'),
  }[appearance.scale];
  const whose = targetText(settings.target, view.classNames);
  const below = l10n.t('Heatmaps of {0}, layer {1}, {2}', whose, layer, scaled);
  write(context, below, MARGIN, MARGIN + 36, { colour: GREY, maxWidth });
}

function targetText(target: Target, classNames: readonly string[]): string {
  if (target === 'predicted') return l10n.t('the predicted class');
  return target === 'label' ? l10n.t('the label') : className(classNames, target);
}

function columnAt(column: number): number {
  return MARGIN + NAMES + column * (CELL + GAP);
}

function drawRow(drawing: Drawing, image: string, row: number): void {
  const { context, state, appearance, scaleOf } = drawing;
  const y = MARGIN + TITLE + HEAD + row * (CELL + CAPTION + GAP);
  const maxWidth = NAMES - 12;
  write(context, imageName(image), MARGIN, y + CELL / 2 - 4, { bold: true, maxWidth });
  write(context, labelText(state, image), MARGIN, y + CELL / 2 + 12, { colour: GREY, maxWidth });
  const scale = scaleOf(image);
  const explained = state.results.image(image);
  const original = explained?.usable === true ? explained.original : undefined;
  const notes = [
    ...(original === undefined ? [] : [resizeText(original.resize)]),
    ...(appearance.scale === 'row' && scale !== undefined
      ? [`${shortNumber(scale.minimum)} … ${shortNumber(scale.maximum)}`]
      : []),
  ];
  notes.forEach((note, line) =>
    write(context, note, MARGIN, y + CELL / 2 + 28 + 15 * line, { size: 11, colour: GREY, maxWidth }),
  );
  state.checkpoints.forEach(({ epoch }, column) => drawCell(drawing, image, epoch, columnAt(column), y));
}

function labelText({ results, view }: HeatmapsState, image: string): string {
  const explained = results.image(image);
  if (explained?.usable === false) return l10n.t('cannot be read');
  const label = labelOf(explained);
  return label === null ? l10n.t('no label') : className(view.classNames, label);
}

function drawCell(drawing: Drawing, image: string, epoch: number, x: number, y: number): void {
  const { context, state, appearance, scaleOf } = drawing;
  const place = { x, y, side: CELL };
  const explained = state.results.image(image);
  const picture = explained?.usable === true ? shownPicture(explained) : undefined;
  if (picture !== undefined) drawPicture(context, place, picture);
  const shown = shownCell(state, image, epoch);
  if (shown === undefined || picture === undefined) {
    drawPending(context, place);
    return;
  }
  drawHeat(context, place, picture, shown, scaleOf(image), appearance);
  drawVerdict(context, place, {
    name: className(state.view.classNames, shown.result.predicted),
    right: isRight(shown),
    confidence: confidenceOf(shown),
  });
}

function drawBar({ context, appearance: { scale, colourMap }, scaleOf }: Drawing, y: number): void {
  const shared = scale === 'shared' ? scaleOf('') : undefined;
  const [low, high] =
    shared === undefined ? [l10n.t('min'), l10n.t('max')] : [shortNumber(shared.minimum), shortNumber(shared.maximum)];
  const x = columnAt(0);
  context.drawImage(canvasOf(barPixels(colourMap)), x, y, 220, 12);
  context.strokeStyle = '#999999';
  context.strokeRect(x - 0.5, y - 0.5, 221, 13);
  write(context, low, x, y + 27, { size: 11 });
  write(context, high, x + 220, y + 27, { size: 11, align: 'right' });
  write(context, l10n.t('heat'), x + 110, y + 27, { size: 11, colour: GREY, align: 'center' });
}
