/** The cells of exported figures: a picture with its heatmap, and what the model says of it below. */
import type { Scale } from '../../../src/imaging/heatmap';
import type { Picture } from '../../../src/protocol/engine';
import { accuracyText, percent } from '../text';
import { drawFlat, GREY, write } from './canvasText';
import type { Look } from './look';
import { compositeOf, heatValues, paintHeat, paintPicture, type Context, type RangedMap } from './paint';

/** The upper left corner of a cell, and its width and height, in the figure's own units. */
export interface CellPlace {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

export const RIGHT = '#1a7f37';
export const WRONG = '#b3261e';

export function drawPicture(context: Context, { x, y, side }: CellPlace, picture: Picture): void {
  const canvas = new OffscreenCanvas(1, 1);
  paintPicture(canvas, picture);
  context.imageSmoothingEnabled = true;
  context.drawImage(canvas, x, y, side, side);
}

/** The frame of a cell whose heatmap is not there. */
export function drawPending(context: Context, { x, y, side }: CellPlace): void {
  context.strokeStyle = '#cccccc';
  context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
}

/** A heatmap over what has been drawn there; a flat one is only said to be flat. */
export function drawHeat(
  context: Context,
  { x, y, side }: CellPlace,
  shown: RangedMap & { readonly flat: boolean },
  scale: Scale | undefined,
  look: Look,
): void {
  if (shown.flat) {
    drawFlat(context, x + side, y);
    return;
  }
  const heat = new OffscreenCanvas(1, 1);
  // Figures are drawn twice as large.
  paintHeat(heat, heatValues(shown, scale, look.smooth, 2 * side), look);
  context.save();
  context.globalAlpha = look.opacity;
  context.globalCompositeOperation = compositeOf(look.blending);
  context.imageSmoothingEnabled = look.smooth;
  context.drawImage(heat, x, y, side, side);
  context.restore();
}

/** Below a cell: the class, right or wrong where the label is known, and the confidence, 0 … 1. */
export function drawVerdict(
  context: Context,
  { x, y, side }: CellPlace,
  says: { readonly name: string; readonly right: boolean | null; readonly confidence: number },
): void {
  const below = y + side + 14;
  const mark = says.right === null ? '' : says.right ? '✓ ' : '✗ ';
  write(context, percent(says.confidence), x + side, below, { size: 11, align: 'right' });
  const colour = says.right === null ? {} : { colour: says.right ? RIGHT : WRONG };
  write(context, mark + says.name, x, below, { size: 11, maxWidth: side - 44, ...colour });
}

/** The head of a checkpoint's column, centred on `x`. */
export function drawEpoch(
  context: Context,
  x: number,
  y: number,
  { name, testAccuracy }: { readonly name: string; readonly testAccuracy: number | null },
): void {
  write(context, name, x, y + 12, { bold: true, align: 'center' });
  const accuracy = accuracyText(testAccuracy);
  if (accuracy !== '') write(context, `test ${accuracy}`, x, y + 27, { size: 11, colour: GREY, align: 'center' });
}
