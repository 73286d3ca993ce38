/** The content as one picture: the confusion matrix and the visible rows, on white. */
import * as l10n from '@vscode/l10n';
import type { Scale } from '../../src/imaging/heatmap';
import { checkpointInText } from '../common/checkpointText';
import type { Appearance } from '../common/heat/appearance';
import { createFigure, GREY, write } from '../common/heat/canvasText';
import { barPixels } from '../common/heat/colourBar';
import { drawHeat, drawPicture, RIGHT, WRONG, type CellPlace } from '../common/heat/figureCells';
import { canvasOf, heatPixels, heatValues, type Context } from '../common/heat/paint';
import { shownPicture } from '../common/heat/pictures';
import type { Results } from '../common/heat/results';
import { className, percent, shortNumber } from '../common/text';
import { explanationName } from '../common/explanation';
import { compare } from './compare';
import { fateSentence } from './fateText';
import { titleOf } from './headingText';
import { drawMatrix, sideOf, type Place } from './figureMatrix';
import { checkpointOf, imageKey, type Item, type MisclassifiedState } from './misclassifiedState';

const MARGIN = 20;
const TITLE = 58;
const CELL = 112;
const GAP = 10;
const CAPTION = 18;
const FACTS = 210;

export interface FigureInput {
  readonly results: Results;
  /** The visible ones, of which those with heatmaps are drawn. */
  readonly items: readonly Item[];
  readonly appearance: Appearance;
  /** The common scale of all maps; undefined where they have none. */
  readonly shared: Scale | undefined;
}

export async function figureOf(model: MisclassifiedState, input: FigureInput): Promise<Blob> {
  const { results, items } = input;
  const rows = items.filter(({ image, epoch }) => results.cell(imageKey(image), epoch) !== undefined);
  const matrixSide = sideOf(model.view.classNames.length);
  const left = MARGIN + matrixSide + 2 * MARGIN;
  const width = left + 4 * (CELL + GAP) + FACTS + MARGIN;
  const height = TITLE + Math.max(matrixSide + 60, rows.length * (CELL + CAPTION + GAP) + 44) + 2 * MARGIN;
  const { canvas, context } = createFigure(width, height);
  drawTitle(context, model, width);
  drawMatrix(context, model, { x: MARGIN, y: MARGIN + TITLE });
  [l10n.t('Image'), l10n.t('Predicted class'), l10n.t('Label, or runner-up'), l10n.t('Difference')].forEach(
    (text, column) =>
      write(context, text, left + column * (CELL + GAP), MARGIN + TITLE - 4, {
        size: 11,
        colour: GREY,
        maxWidth: CELL,
      }),
  );
  rows.forEach((item, row) =>
    drawRow(context, model, input, item, { x: left, y: MARGIN + TITLE + row * (CELL + CAPTION + GAP) }),
  );
  if (rows.length > 0) {
    drawBars(
      context,
      { ...input, signed: !model.explanation.method.rectified },
      { x: left, y: MARGIN + TITLE + rows.length * (CELL + CAPTION + GAP) + 8 },
    );
  }
  return canvas.convertToBlob({ type: 'image/png' });
}

function drawTitle(context: Context, model: MisclassifiedState, width: number): void {
  const { view, checkpoint, explanation } = model;
  const name = explanationName(explanation);
  const below =
    explanation.method.resolution === 'input'
      ? l10n.t('{0}. {1}.', titleOf(model), name)
      : l10n.t('{0}. {1}, layer {2}.', titleOf(model), name, explanation.layer);
  const maxWidth = width - 2 * MARGIN;
  write(
    context,
    l10n.t('Misclassified images: {0}, {1}', view.studyName, checkpointInText(checkpoint)),
    MARGIN,
    MARGIN + 16,
    {
      size: 16,
      bold: true,
      maxWidth,
    },
  );
  write(context, below, MARGIN, MARGIN + 36, { colour: GREY, maxWidth });
}

function drawRow(
  context: Context,
  model: MisclassifiedState,
  { results, appearance, shared }: FigureInput,
  item: Item,
  { x, y }: Place,
): void {
  const key = imageKey(item.image);
  const result = results.cell(key, item.epoch);
  const label = model.known?.labels[item.image];
  const explained = results.image(key);
  if (result === undefined || label === undefined || explained?.usable !== true) return;
  const picture = shownPicture(explained);
  const names = model.view.classNames;
  const comparison = compare(result, label, appearance.scale, shared);
  if (comparison === undefined) return;
  const at = (column: number): CellPlace => ({ x: x + column * (CELL + GAP), y, side: CELL });
  for (let column = 0; column < 4; column++) drawPicture(context, at(column), picture);
  for (const [column, target, map] of [
    [1, comparison.predicted, comparison.maps.predicted],
    [2, comparison.other, comparison.maps.other],
  ] as const) {
    drawHeat(context, at(column), picture, map, comparison.scale, appearance);
    const says = `${className(names, target)} ${percent(result.probabilities[target] ?? 0)}`;
    write(context, says, at(column).x, y + CELL + 14, { size: 11, maxWidth: CELL });
  }
  const values = heatValues(comparison.difference, undefined, appearance.smooth, 2 * CELL);
  const difference = heatPixels(values, appearance, true);
  context.drawImage(canvasOf(difference), at(3).x, y, CELL, CELL);
  write(context, className(names, label), x, y + CELL + 14, { size: 11, maxWidth: CELL });
  write(
    context,
    l10n.t('≤ {0} of {1}', shortNumber(comparison.difference.most), shortNumber(comparison.difference.limit)),
    at(3).x,
    y + CELL + 14,
    {
      size: 11,
      maxWidth: CELL,
    },
  );
  drawFacts(context, model, item, { x: at(4).x + 4, y });
}

function drawFacts(context: Context, model: MisclassifiedState, item: Item, { x, y }: Place): void {
  const { known, fates, view } = model;
  const { classNames } = view;
  const label = known?.labels[item.image] ?? 0;
  const said = known?.epochs.find(({ epoch }) => epoch === item.epoch)?.predictions[item.image] ?? 0;
  const maxWidth = FACTS - 8;
  const at = checkpointInText(checkpointOf(view, item));
  write(context, `test ${item.image}`, x, y + 14, { bold: true, maxWidth });
  const verdict =
    said === label
      ? `✓ ${className(classNames, label)}`
      : `✗ ${l10n.t('{0} taken for {1}', className(classNames, label), className(classNames, said))}`;
  write(context, verdict, x, y + 32, { colour: said === label ? RIGHT : WRONG, maxWidth });
  write(
    context,
    item.lookedAt === undefined ? at : `${at}, ${l10n.t('image {0} of the search', item.lookedAt)}`,
    x,
    y + 49,
    { size: 11, colour: GREY, maxWidth },
  );
  const step = Math.min(9, maxWidth / Math.max(1, known?.epochs.length ?? 1));
  (known?.epochs ?? []).forEach(({ predictions }, place) => {
    const right = predictions[item.image] === label;
    context.fillStyle = right ? RIGHT : WRONG;
    context.fillRect(x + place * step, y + (right ? 58 : 66), Math.max(1, step - 2), right ? 16 : 8);
  });
  const fate = fates?.[item.image];
  if (fate !== undefined) write(context, fateSentence(fate), x, y + 92, { size: 11, colour: GREY, maxWidth });
}

function drawBars(
  context: Context,
  { appearance, shared, signed }: FigureInput & { readonly signed: boolean },
  { x, y }: Place,
): void {
  const column = (place: number): number => x + place * (CELL + GAP);
  const small = { size: 11, colour: GREY } as const;
  const [low, high] =
    shared === undefined ? [l10n.t('min'), l10n.t('max')] : [shortNumber(shared.minimum), shortNumber(shared.maximum)];
  context.drawImage(canvasOf(barPixels(signed ? 'signed' : appearance.colourMap)), column(1), y, 2 * CELL + GAP, 8);
  write(context, low, column(1), y + 22, small);
  write(context, high, column(3) - GAP, y + 22, { ...small, align: 'right' });
  context.drawImage(canvasOf(barPixels('signed')), column(3), y, CELL, 8);
  write(context, l10n.t('label'), column(3), y + 22, small);
  write(context, l10n.t('predicted'), column(3) + CELL, y + 22, { ...small, align: 'right' });
}
