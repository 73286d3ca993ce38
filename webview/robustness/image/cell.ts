/** One cell: the clean or perturbed image, the heatmap over it, the prediction, and the similarity of the heatmaps. */
import type { Scale } from '../../../src/imaging/heatmap';
import { h } from '../../common/dom';
import { heatValues, paintHeat } from '../../common/heat/paint';
import { createPictureStack, shownPicture, type ShownPicture } from '../../common/heat/pictureStack';
import { className, percent } from '../../common/text';
import { numberText } from '../tests/measures';
import type { ImagePrediction } from './perturbedStore';
import { predictionOf, type ImageState, type ImageRow } from './imageState';
import { cellText, confidenceOf, similarityText } from './words';

/** The side in pixels of a smooth heatmap; the browser's own smoothing does the rest. */
const RASTER = 96;

export interface Cell {
  readonly element: HTMLElement;
  draw(of: ImageState, row: ImageRow, scale: Scale | undefined, computing: boolean): void;
}

export function createCell(epoch: number): Cell {
  const flat = h('span', { class: 'flat', hidden: true }, 'flat');
  const flipped = h('span', { class: 'flipped', hidden: true }, 'flipped');
  const stack = createPictureStack('', flat, flipped);
  const { heat } = stack;
  const mark = h('span', { class: 'mark' });
  const name = h('span', { class: 'class-name' });
  const confidence = h('span', { class: 'confidence' });
  const drop = h('span', { class: 'drop' });
  const alike = h('span', { class: 'alike muted' });
  const element = h(
    'div',
    { class: 'cell', role: 'gridcell', tabindex: -1 },
    stack.element,
    h(
      'div',
      { class: 'said', 'aria-hidden': 'true' },
      h('div', { class: 'caption' }, mark, name, confidence),
      drop,
      alike,
    ),
  );
  let heatDrawn: ImagePrediction | undefined;
  let lookDrawn = '';

  function drawPictures(
    of: ImageState,
    row: ImageRow,
    sight: ImagePrediction | undefined,
    scale: Scale | undefined,
  ): void {
    const shown = pictureOf(of, row);
    if (shown !== undefined) stack.show(shown);
    if (sight === undefined) {
      if (heatDrawn !== undefined) heat.width = 1;
      heatDrawn = undefined;
      return;
    }
    const { smooth, colourMap, blending } = of.model.state.look;
    const look = JSON.stringify([scale, smooth, colourMap, blending === 'weighted']);
    if (sight === heatDrawn && look === lookDrawn) return;
    paintHeat(heat, heatValues(sight, scale, smooth, RASTER), { colourMap, blending });
    [heatDrawn, lookDrawn] = [sight, look];
  }

  return {
    element,
    draw(of, row, scale, computing) {
      const sight = predictionOf(of, row, epoch);
      drawPictures(of, row, sight, scale);
      const text = cellText(of, row, epoch, computing);
      element.setAttribute('aria-label', text);
      element.title = text;
      element.classList.toggle('pending', sight === undefined && computing);
      element.classList.toggle('absent', sight === undefined && !computing);
      flat.hidden = sight?.flat !== true;
      const right = sight === undefined || of.label === null ? null : sight.predicted === of.label;
      mark.textContent = right === null ? '' : right ? '✓' : '✗';
      mark.className = right === null ? 'mark' : right ? 'mark right' : 'mark wrong';
      name.textContent = sight === undefined ? '' : className(of.model.view.classNames, sight.predicted);
      confidence.textContent = sight === undefined ? (computing ? '…' : '–') : percent(confidenceOf(sight));
      const perturbed = row.kind === 'clean' ? undefined : of.store.perturbed(of.image, row.at, epoch);
      const clean = of.store.clean(of.image, epoch);
      flipped.hidden = perturbed === undefined || clean === undefined || clean.predicted === perturbed.predicted;
      drop.textContent = perturbed === undefined ? '' : `drop ${numberText(perturbed.drop.ofPrediction, 3)}`;
      alike.textContent = perturbed === undefined ? '' : similarityText(perturbed);
    },
  };
}

/** The picture, with what the network is given of it. */
export function pictureOf({ explained, store, image }: ImageState, row: ImageRow): ShownPicture | undefined {
  if (explained?.usable !== true) return undefined;
  if (row.kind === 'clean') return shownPicture(explained);
  const given = store.picture(image, row.at)?.picture;
  return given && shownPicture(explained, given);
}
