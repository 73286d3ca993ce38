/** The whole figure as one picture for a paper: white, with labels and the colour bar. */
import * as l10n from '@vscode/l10n';
import { explanationNames } from '../common/explanation';
import type { Scale } from '../../src/imaging/heatmap';
import { comparedText, wantedText } from './compared';
import type { HeatColours } from '../../src/imaging/colourMaps';
import type { Appearance } from '../common/heat/appearance';
import { createFigure, GREY, write } from '../common/heat/canvasText';
import { barPixels } from '../common/heat/colourBar';
import { drawEpoch, drawHeat, drawPending, drawPicture, drawVerdict } from '../common/heat/figureCells';
import { canvasOf, type Context } from '../common/heat/paint';
import { shownPicture } from '../common/heat/pictures';
import { labelOf } from '../common/heat/results';
import { resizeText } from '../common/heat/resizeText';
import { className, imageName, listed, shortNumber } from '../common/text';
import { confidenceOf, isRight } from './cellText';
import { imageAt, isDifference, isSignedAt, rowName, type HeatmapsState, type RowPlace } from './heatmapsState';
import { scales, shownCell, type ScaleOf } from './shownCell';

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
  const { rows, checkpoints } = state;
  const width = 2 * MARGIN + NAMES + Math.max(checkpoints.length, 3) * (CELL + GAP);
  const height = 2 * MARGIN + TITLE + HEAD + rows.length * (CELL + CAPTION + GAP) + BAR;
  const { canvas, context } = createFigure(width, height);
  const drawing = { context, state, appearance, scaleOf: scales(state, appearance.scale) };
  drawTitle(drawing, width - 2 * MARGIN);
  checkpoints.forEach((checkpoint, column) =>
    drawEpoch(context, columnAt(column) + CELL / 2, MARGIN + TITLE, checkpoint),
  );
  rows.forEach((row, place) => drawRow(drawing, row, place));
  drawBars(drawing, height - MARGIN - BAR + 14);
  return canvas.convertToBlob({ type: 'image/png' });
}

function drawTitle({ context, state, appearance }: Drawing, maxWidth: number): void {
  const { explanations, layer, view, settings } = state;
  const title = l10n.t('{0} across checkpoints: {1}', listed(explanations.map(explanationNames)), view.studyName);
  write(context, title, MARGIN, MARGIN + 16, { size: 16, bold: true, maxWidth });
  const scaled = {
    image: l10n.t('each map on its own scale'),
    row: l10n.t('one scale a row'),
    shared: explanations.length > 1 ? l10n.t('one scale for all maps of a method') : l10n.t('one scale for all maps'),
  }[appearance.scale];
  const compared = comparedText(state);
  const whose = wantedText(state, settings.target);
  const below =
    compared === undefined
      ? l10n.t('Heatmaps of {0}, {1}, {2}', whose, layersText(state), scaled)
      : l10n.t('Differences: {0}. Heatmaps of {1}, {2}, {3}', compared, whose, layersText(state), scaled);
  write(context, below, MARGIN, MARGIN + 36, { colour: GREY, maxWidth });

  function layersText(of: HeatmapsState): string {
    const ofInput = of.explanations.filter(({ method }) => method.resolution === 'input').length;
    if (ofInput === of.explanations.length) return l10n.t('at the input’s resolution');
    return ofInput === 0 ? l10n.t('layer {0}', layer) : l10n.t('layer {0} or the input’s resolution', layer);
  }
}

function columnAt(column: number): number {
  return MARGIN + NAMES + column * (CELL + GAP);
}

function drawRow(drawing: Drawing, row: RowPlace, place: number): void {
  const { context, state, appearance, scaleOf } = drawing;
  const y = MARGIN + TITLE + HEAD + place * (CELL + CAPTION + GAP);
  const scale = scaleOf(row);
  const notes = [
    ...(row.method === 0 ? imageNotes(state, row.image) : []),
    ...(state.explanations.length > 1 ? [rowName(state, row)] : []),
    ...(appearance.scale === 'row' && scale !== undefined ? [rangeText(scale)] : []),
  ];
  const maxWidth = NAMES - 12;
  if (row.method === 0) write(context, imageName(row.image), MARGIN, y + CELL / 2 - 4, { bold: true, maxWidth });
  notes.forEach((note, line) =>
    write(context, note, MARGIN, y + CELL / 2 + 12 + 15 * line, { size: 11, colour: GREY, maxWidth }),
  );
  state.checkpoints.forEach(({ epoch }, column) => drawCell(drawing, row, epoch, columnAt(column), y));
}

function rangeText({ minimum, maximum }: Scale): string {
  return `${shortNumber(minimum)} … ${shortNumber(maximum)}`;
}

/** Its label, and how it became the network's input. */
function imageNotes(state: HeatmapsState, image: string): string[] {
  const explained = imageAt(state, image);
  if (explained?.usable === false) return [l10n.t('cannot be read')];
  const label = labelOf(explained);
  const name = label === null ? l10n.t('no label') : className(state.view.classNames, label);
  return explained?.original === undefined ? [name] : [name, resizeText(explained.original.resize)];
}

function drawCell(drawing: Drawing, row: RowPlace, epoch: number, x: number, y: number): void {
  const { context, state, appearance, scaleOf } = drawing;
  const place = { x, y, side: CELL };
  const explained = imageAt(state, row.image);
  const picture = explained?.usable === true ? shownPicture(explained) : undefined;
  if (picture !== undefined) drawPicture(context, place, picture);
  const shown = shownCell(state, { ...row, epoch });
  if (shown?.heat === undefined || picture === undefined) drawPending(context, place);
  else drawHeat(context, place, picture, shown.heat, scaleOf(row), appearance);
  if (shown === undefined) return;
  drawVerdict(context, place, {
    name: className(state.view.classNames, shown.result.predicted),
    right: isRight(shown),
    confidence: confidenceOf(shown),
  });
}

/** Of each kind of colours that the maps have. */
function drawBars(drawing: Drawing, y: number): void {
  const { appearance, state, scaleOf } = drawing;
  const isCommon = appearance.scale === 'shared' && state.explanations.length === 1;
  const scale = isCommon ? scaleOf({ image: '', method: 0 }) : undefined;
  const signs = new Set(state.explanations.map((_, method) => isSignedAt(state, { method })));
  const what = isDifference(state.settings) ? l10n.t('difference') : l10n.t('heat');
  [...signs].forEach((isSigned, place) => {
    const x = columnAt(0) + place * 250;
    drawBar(drawing.context, { x, y }, isSigned ? 'signed' : appearance.colourMap, scale, what);
  });
}

function drawBar(
  context: Context,
  { x, y }: { readonly x: number; readonly y: number },
  colours: HeatColours,
  scale: Scale | undefined,
  what: string,
): void {
  const [low, high] =
    scale === undefined
      ? [colours === 'signed' ? `−${l10n.t('max')}` : l10n.t('min'), l10n.t('max')]
      : [shortNumber(scale.minimum), shortNumber(scale.maximum)];
  context.drawImage(canvasOf(barPixels(colours)), x, y, 220, 12);
  context.strokeStyle = '#999999';
  context.strokeRect(x - 0.5, y - 0.5, 221, 13);
  write(context, low, x, y + 27, { size: 11 });
  write(context, high, x + 220, y + 27, { size: 11, align: 'right' });
  write(context, what, x + 110, y + 27, { size: 11, colour: GREY, align: 'center' });
}
