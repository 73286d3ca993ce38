/** The grid as one picture for a paper: white, with labels and numbers. */
import * as l10n from '@vscode/l10n';
import { explanationName } from '../../common/explanation';
import type { Scale } from '../../../src/imaging/heatmap';
import type { Appearance } from '../../common/heat/appearance';
import { createFigure, GREY, write } from '../../common/heat/canvasText';
import {
  drawEpoch,
  drawHeat,
  drawPending,
  drawPicture,
  drawVerdict,
  type CellPlace,
} from '../../common/heat/figureCells';
import type { Context } from '../../common/heat/paint';
import { className, imageName } from '../../common/text';
import { perturbedOf, pictureOf, predictionOf, scalesOf, type ImageRow, type ImageState } from './imageState';
import { confidenceOf, dropText, roundText, similarityText } from './words';

/** Lengths in the figure's own units, which are drawn at twice their size. */
const CELL = 128;
const GAP = 14;
const CAPTION = 46;
const MARGIN = 20;
const NAMES = 150;
const TITLE = 58;
const HEAD = 38;

export async function figureOf(of: ImageState, look: Appearance): Promise<Blob> {
  const { checkpoints, view } = of;
  const width = 2 * MARGIN + NAMES + Math.max(checkpoints.length, 3) * (CELL + GAP);
  const height = 2 * MARGIN + TITLE + HEAD + of.rows.length * (CELL + CAPTION);
  const { canvas, context } = createFigure(width, height);
  const maxWidth = width - 2 * MARGIN;
  const name = imageName(of.image);
  const title =
    of.label === null
      ? l10n.t('Robustness across checkpoints: {0}', name)
      : l10n.t('Robustness across checkpoints: {0}, {1}', name, className(view.classNames, of.label));
  write(context, title, MARGIN, MARGIN + 16, { size: 16, bold: true, maxWidth });
  const below = l10n.t(
    '{0}. {1} of the clean prediction, layer {2}. ρ: rank correlation with the clean heatmap; 20 %: overlap of the hottest fifth',
    view.name,
    explanationName(of.explanation),
    of.store.layer?.name ?? '',
  );
  write(context, below, MARGIN, MARGIN + 36, { colour: GREY, maxWidth });
  checkpoints.forEach((checkpoint, column) =>
    drawEpoch(context, columnAt(column) + CELL / 2, MARGIN + TITLE, checkpoint),
  );
  const scaleOf = scalesOf(of, look.scale);
  of.rows.forEach((row, index) => {
    const y = MARGIN + TITLE + HEAD + index * (CELL + CAPTION);
    drawHead(context, of, row, y);
    checkpoints.forEach(({ epoch }, column) =>
      drawCell(context, of, { row, epoch, scale: scaleOf(row), look }, { x: columnAt(column), y, side: CELL }),
    );
  });
  return canvas.convertToBlob({ type: 'image/png' });
}

function columnAt(column: number): number {
  return MARGIN + NAMES + column * (CELL + GAP);
}

function drawHead(context: Context, of: ImageState, row: ImageRow, y: number): void {
  const [title, below] = row.kind === 'clean' ? [l10n.t('Clean'), ''] : [row.entry.title, roundText(of, row.at)];
  write(context, title, MARGIN, y + CELL / 2 - 4, { bold: true, maxWidth: NAMES - 12 });
  write(context, below, MARGIN, y + CELL / 2 + 12, { colour: GREY });
}

interface DrawnCell {
  readonly row: ImageRow;
  readonly epoch: number;
  readonly scale: Scale | undefined;
  readonly look: Appearance;
}

function drawCell(context: Context, of: ImageState, { row, epoch, scale, look }: DrawnCell, place: CellPlace): void {
  const shown = pictureOf(of, row);
  if (shown !== undefined) drawPicture(context, place, shown);
  const prediction = predictionOf(of, row, epoch);
  if (prediction === undefined || shown === undefined) {
    drawPending(context, place);
    return;
  }
  drawHeat(context, place, shown, prediction, scale, look);
  drawVerdict(context, place, {
    name: className(of.view.classNames, prediction.predicted),
    right: of.label === null ? null : prediction.predicted === of.label,
    confidence: confidenceOf(prediction),
  });
  const perturbed = perturbedOf(of, row, epoch);
  if (perturbed === undefined) return;
  const { x, y } = place;
  write(context, dropText(perturbed), x, y + CELL + 26, { size: 10, colour: GREY });
  write(context, similarityText(perturbed), x, y + CELL + 38, { size: 9, colour: GREY, maxWidth: CELL + GAP });
}
