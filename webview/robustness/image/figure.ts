/** The grid as one picture for a paper: white, with labels and numbers. */
import { methodName } from '../../../src/explanations';
import { createFigure, GREY, write } from '../../common/heat/canvasText';
import { drawEpoch, drawHeat, drawPending, drawPicture, drawVerdict } from '../../common/heat/figureCells';
import type { Context } from '../../common/heat/paint';
import { className, imageName } from '../../common/text';
import { numberText } from '../tests/measures';
import { pictureOf } from './cell';
import { scalesOf, predictionOf, type ImageState, type ImageRow } from './imageState';
import { confidenceOf, roundText, similarityText } from './words';

/** Lengths in the figure's own units, which are drawn at twice their size. */
const CELL = 128;
const GAP = 14;
const CAPTION = 46;
const MARGIN = 20;
const NAMES = 150;
const TITLE = 58;
const HEAD = 38;

export async function figureOf(of: ImageState): Promise<Blob> {
  const { checkpoints, view } = of.model;
  const width = 2 * MARGIN + NAMES + Math.max(checkpoints.length, 3) * (CELL + GAP);
  const height = 2 * MARGIN + TITLE + HEAD + of.rows.length * (CELL + CAPTION);
  const { canvas, context } = createFigure(width, height);
  const maxWidth = width - 2 * MARGIN;
  const label = of.label === null ? '' : `, ${className(view.classNames, of.label)}`;
  const title = `Robustness across checkpoints: ${imageName(of.image)}${label}`;
  write(context, title, MARGIN, MARGIN + 16, { size: 16, bold: true, maxWidth });
  const below = `${view.studyName}. ${methodName(view.studyMethod)} of the clean prediction, layer ${of.store.layer?.name ?? ''}. ρ: rank correlation with the clean heatmap; 20 %: overlap of the hottest fifth`;
  write(context, below, MARGIN, MARGIN + 36, { colour: GREY, maxWidth });
  checkpoints.forEach((checkpoint, column) =>
    drawEpoch(context, columnAt(column) + CELL / 2, MARGIN + TITLE, checkpoint),
  );
  of.rows.forEach((row, index) => drawRow(context, of, row, MARGIN + TITLE + HEAD + index * (CELL + CAPTION)));
  return canvas.convertToBlob({ type: 'image/png' });
}

function columnAt(column: number): number {
  return MARGIN + NAMES + column * (CELL + GAP);
}

function drawRow(context: Context, of: ImageState, row: ImageRow, y: number): void {
  const [title, below] = row.kind === 'clean' ? ['Clean', ''] : [row.entry.title, roundText(of, row.at)];
  write(context, title, MARGIN, y + CELL / 2 - 4, { bold: true, maxWidth: NAMES - 12 });
  write(context, below, MARGIN, y + CELL / 2 + 12, { colour: GREY });
  of.model.checkpoints.forEach(({ epoch }, column) => drawCell(context, of, row, epoch, columnAt(column), y));
}

function drawCell(context: Context, of: ImageState, row: ImageRow, epoch: number, x: number, y: number): void {
  const place = { x, y, side: CELL };
  const shown = pictureOf(of, row);
  if (shown !== undefined) drawPicture(context, place, shown);
  const sight = predictionOf(of, row, epoch);
  if (sight === undefined || shown === undefined) {
    drawPending(context, place);
    return;
  }
  drawHeat(context, place, shown, sight, scalesOf(of)(row), of.model.state.look);
  drawVerdict(context, place, {
    name: className(of.model.view.classNames, sight.predicted),
    right: of.label === null ? null : sight.predicted === of.label,
    confidence: confidenceOf(sight),
  });
  const perturbed = row.kind === 'clean' ? undefined : of.store.perturbed(of.image, row.at, epoch);
  if (perturbed === undefined) return;
  write(context, `drop ${numberText(perturbed.drop.ofPrediction, 3)}`, x, y + CELL + 26, { size: 10, colour: GREY });
  write(context, similarityText(perturbed), x, y + CELL + 38, { size: 9, colour: GREY, maxWidth: CELL + GAP });
}
