/** The confusion matrix on an exported figure. */
import * as l10n from '@vscode/l10n';
import { countOf, type ConfusionMatrix } from '../../src/measures/misclassified';
import { GREY, write } from '../common/heat/canvasText';
import { RIGHT, WRONG } from '../common/heat/figureCells';
import type { Context } from '../common/heat/paint';
import { matrixPicture, type MatrixColours } from './dense/picture';
import { mostOf } from './matrixKeys';
import type { MisclassifiedState } from './misclassifiedState';

const SQUARE = 26;
const NAMES = 84;
const MOST_NAMED = 100;
const PICTURE = 1000;

const PRINTED: MatrixColours = { background: [246, 246, 246], right: [17, 99, 41], wrong: [164, 14, 38] };

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The width and height, without the text below. */
export function sideOf(classes: number): number {
  return NAMES + squareOf(classes) * classes;
}

/** The names of more classes cannot be read beside the matrix. */
function squareOf(classes: number): number {
  return classes <= MOST_NAMED ? SQUARE : Math.max(1, Math.floor(PICTURE / classes));
}

export function drawMatrix(
  context: Context,
  { matrix, view: { classNames }, choice }: MisclassifiedState,
  { x: left, y: top }: Place,
): void {
  if (matrix === undefined) return;
  const [x0, y0] = [left + NAMES, top + NAMES];
  if (matrix.classes > MOST_NAMED) {
    drawPicture(context, matrix, { x: x0, y: y0 });
    return;
  }
  const most = mostOf(matrix);
  classNames.forEach((name, place) => {
    write(context, name, x0 - 6, y0 + place * SQUARE + SQUARE / 2 + 4, {
      align: 'right',
      size: 11,
      maxWidth: NAMES - 8,
    });
    context.save();
    context.translate(x0 + place * SQUARE + SQUARE / 2 + 4, y0 - 6);
    context.rotate(-Math.PI / 2);
    write(context, name, 0, 0, { size: 11, maxWidth: NAMES - 8 });
    context.restore();
  });
  for (let label = 0; label < matrix.classes; label++) {
    for (let predicted = 0; predicted < matrix.classes; predicted++) {
      const count = countOf(matrix, { label, predicted });
      const [x, y] = [x0 + predicted * SQUARE, y0 + label * SQUARE];
      const kind = label === predicted ? 'right' : 'wrong';
      context.globalAlpha = 0.6 * Math.sqrt(count / Math.max(1, most[kind]));
      context.fillStyle = label === predicted ? RIGHT : WRONG;
      context.fillRect(x, y, SQUARE - 1, SQUARE - 1);
      context.globalAlpha = 1;
      if (count > 0)
        write(context, String(count), x + SQUARE / 2 - 0.5, y + SQUARE / 2 + 4, { size: 10, align: 'center' });
      const { scope } = choice;
      if (typeof scope === 'object' && scope.label === label && scope.predicted === predicted) {
        context.strokeStyle = '#000000';
        context.lineWidth = 2;
        context.strokeRect(x, y, SQUARE - 1, SQUARE - 1);
      }
    }
  }
  drawAxes(context, x0, y0 + matrix.classes * SQUARE + 18);
}

function drawAxes(context: Context, x: number, y: number): void {
  write(context, l10n.t('rows: label · columns: predicted'), x, y, { size: 11, colour: GREY });
}

function drawPicture(context: Context, matrix: ConfusionMatrix, { x, y }: Place): void {
  const { side, pixels } = matrixPicture(matrix, [...Array(matrix.classes).keys()], 1, PRINTED);
  const small = new OffscreenCanvas(side, side);
  small.getContext('2d')?.putImageData(new ImageData(pixels, side, side), 0, 0);
  const length = side * squareOf(matrix.classes);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, x, y, length, length);
  drawAxes(context, x, y + length + 18);
}
