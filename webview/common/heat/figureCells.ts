/** The cells of exported figures: a picture with its heatmap, and the prediction below. */
import type { Scale } from '../../../src/imaging/heatmap';
import { fittedSize, isCropped, type Box } from '../../../src/imaging/placement';
import { accuracyText, percent } from '../text';
import { drawFlat, GREY, write } from './canvasText';
import type { Appearance } from './appearance';
import { canvasOf, compositeOf, heatPixels, heatValues, picturePixels, type Context, type RangedMap } from './paint';
import type { ShownPicture } from './pictures';

/** The upper left corner of a cell, and its width and height, in the figure's own units. */
export interface CellPlace {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

export const RIGHT = '#1a7f37';
export const WRONG = '#b3261e';

/** Where a picture lies in a cell: in the middle, as large as it fits in its own proportions. */
function pictureIn({ x, y, side }: CellPlace, { picture }: ShownPicture): Rectangle {
  const { height, width } = fittedSize(picture, side);
  return { x: x + (side - width) / 2, y: y + (side - height) / 2, height, width };
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly width: number;
}

/** Where the network's input lies. */
function inputIn(picture: Rectangle, { left, top, width, height }: Box): Rectangle {
  return {
    x: picture.x + left * picture.width,
    y: picture.y + top * picture.height,
    height: height * picture.height,
    width: width * picture.width,
  };
}

/** How much of a picture's colours is gone where the network was given nothing of it. */
const FADING = 0.65;

export function drawPicture(context: Context, cell: CellPlace, shown: ShownPicture): void {
  const place = pictureIn(cell, shown);
  const input = inputIn(place, shown.box);
  context.save();
  clipTo(context, place);
  context.imageSmoothingEnabled = true;
  context.drawImage(canvasOf(picturePixels(shown.picture)), place.x, place.y, place.width, place.height);
  if (shown.given !== undefined)
    context.drawImage(canvasOf(picturePixels(shown.given)), input.x, input.y, input.width, input.height);
  // All but the input.
  context.beginPath();
  context.rect(place.x, place.y, place.width, place.height);
  context.rect(input.x, input.y, input.width, input.height);
  context.fillStyle = `rgba(255, 255, 255, ${FADING})`;
  if (isCropped(shown.box)) context.fill('evenodd');
  context.restore();
}

function clipTo(context: Context, { x, y, width, height }: Rectangle): void {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

/** The frame of a cell without a heatmap. */
export function drawPending(context: Context, { x, y, side }: CellPlace): void {
  context.strokeStyle = '#cccccc';
  context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
}

/** A heatmap over the picture that has been drawn there; a flat one is only said to be flat. */
export function drawHeat(
  context: Context,
  cell: CellPlace,
  picture: ShownPicture,
  map: RangedMap & { readonly flat: boolean },
  scale: Scale | undefined,
  look: Appearance,
): void {
  if (map.flat) {
    drawFlat(context, cell.x + cell.side, cell.y);
    return;
  }
  const place = pictureIn(cell, picture);
  const input = inputIn(place, picture.box);
  // Figures are drawn at twice their size.
  const heat = canvasOf(heatPixels(heatValues(map, scale, look.smooth, 2 * cell.side), look, map.signed));
  context.save();
  clipTo(context, place);
  context.globalAlpha = look.opacity;
  context.globalCompositeOperation = compositeOf(look.blending);
  context.imageSmoothingEnabled = look.smooth;
  context.drawImage(heat, input.x, input.y, input.width, input.height);
  context.restore();
}

/** Writes the class below a cell, whether it is right where the label is known, and the confidence, 0 … 1. */
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
