/** The confusion matrix on an exported figure. */
import * as l10n from '@vscode/l10n';
import { countOf } from '../../src/measures/misclassified';
import { GREY, write } from '../common/heat/canvasText';
import { RIGHT, WRONG } from '../common/heat/figureCells';
import type { Context } from '../common/heat/paint';
import { mostOf } from './matrixKeys';
import type { MisclassifiedState } from './misclassifiedState';

const SQUARE = 26;
const NAMES = 84;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The width and height, without the text below. */
export function sideOf(classes: number): number {
  return NAMES + classes * SQUARE;
}

export function drawMatrix(
  context: Context,
  { matrix, view: { classNames }, choice }: MisclassifiedState,
  { x: left, y: top }: Place,
): void {
  if (matrix === undefined) return;
  const [x0, y0] = [left + NAMES, top + NAMES];
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
  write(context, l10n.t('rows: label · columns: predicted'), x0, y0 + matrix.classes * SQUARE + 18, {
    size: 11,
    colour: GREY,
  });
}
