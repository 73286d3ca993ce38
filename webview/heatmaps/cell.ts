/** One cell of the grid: the image, its heatmap over it, and the prediction. */
import type { Scale } from '../../src/imaging/heatmap';
import type { ExplainedImage } from '../../src/protocol/engine';
import { checkpointInText } from '../common/checkpointText';
import { h } from '../common/dom';
import type { HeatmapsState, ShownHeatmap } from './heatmapsState';
import { heatValues, paintHeat } from '../common/heat/paint';
import { createPictureStack, shownPicture } from '../common/heat/pictureStack';
import type { Settings } from './settings';
import { className, imageName, percent, shortNumber } from '../common/text';

/** The side in pixels of a smooth heatmap in the grid; the browser's own smoothing does the rest. */
const RASTER = 96;

export interface Cell {
  readonly element: HTMLElement;
  /** Draws what has changed since the last call. */
  draw(model: HeatmapsState, shown: ShownHeatmap | undefined, scale: Scale | undefined, computing: boolean): void;
}

export function createCell(image: string, epoch: number): Cell {
  const flat = h('span', { class: 'flat', hidden: true }, 'flat');
  const stack = createPictureStack('', flat);
  const { heat } = stack;
  const mark = h('span', { class: 'mark', 'aria-hidden': 'true' });
  const name = h('span', { class: 'class-name' });
  const confidence = h('span', { class: 'confidence' });
  const element = h(
    'div',
    { class: 'cell', role: 'gridcell', tabindex: -1 },
    stack.element,
    h('div', { class: 'caption', 'aria-hidden': 'true' }, mark, name, confidence),
  );
  let pictureDrawn: ExplainedImage | undefined;
  let valuesOf = '';
  let values: ReturnType<typeof heatValues> | undefined;
  let drawn = '';
  let described = '';
  let resultDrawn: ShownHeatmap['result'] | undefined;

  function drawPicture(model: HeatmapsState): void {
    const explained = model.results.image(image);
    if (explained?.usable !== true || explained === pictureDrawn) return;
    stack.show(shownPicture(explained));
    pictureDrawn = explained;
  }

  function drawHeat(shown: ShownHeatmap, scale: Scale | undefined, settings: Settings): void {
    const range = scale === undefined ? '' : `${scale.minimum} ${scale.maximum}`;
    const key = `${shown.target} ${range} ${settings.smooth}`;
    if (shown.result !== resultDrawn || key !== valuesOf || values === undefined) {
      values = heatValues(shown, scale, settings.smooth, RASTER);
      valuesOf = key;
      drawn = '';
    }
    const colours = `${settings.colourMap} ${settings.blending === 'weighted'}`;
    if (colours === drawn) return;
    paintHeat(heat, values, settings);
    drawn = colours;
  }

  function describe(model: HeatmapsState, shown: ShownHeatmap | undefined, computing: boolean): void {
    const text = cellText(model, image, epoch, shown, computing);
    if (text === described) return;
    described = text;
    element.setAttribute('aria-label', text);
    element.title = text;
    element.classList.toggle('pending', shown === undefined && computing);
    element.classList.toggle('absent', shown === undefined && !computing);
    flat.hidden = shown?.flat !== true;
    const right = shown === undefined || shown.label === null ? null : shown.result.predicted === shown.label;
    mark.textContent = right === null ? '' : right ? '✓' : '✗';
    mark.className = right === null ? 'mark' : right ? 'mark right' : 'mark wrong';
    name.textContent = shown === undefined ? '' : className(model.view.classNames, shown.result.predicted);
    confidence.textContent = shown === undefined ? (computing ? '…' : '–') : percent(confidenceOf(shown));
  }

  return {
    element,
    draw(model, shown, scale, computing) {
      drawPicture(model);
      describe(model, shown, computing);
      if (shown === undefined) {
        if (resultDrawn !== undefined) heat.width = 1;
        valuesOf = '';
      } else drawHeat(shown, scale, model.settings);
      resultDrawn = shown?.result;
    },
  };
}

export function confidenceOf({ result }: ShownHeatmap): number {
  return result.probabilities[result.predicted] ?? 0;
}

/** The text of a cell, for screen readers. */
export function cellText(
  model: HeatmapsState,
  image: string,
  epoch: number,
  shown: ShownHeatmap | undefined,
  computing: boolean,
): string {
  const checkpoint = model.checkpoints.find((each) => each.epoch === epoch);
  const where = `${imageName(image)}, ${checkpoint === undefined ? `epoch ${epoch}` : checkpointInText(checkpoint)}`;
  if (shown === undefined) return `${where}: ${computing ? 'being computed' : 'not computed'}`;
  const { result, label, target, flat } = shown;
  const names = model.view.classNames;
  const verdict =
    label === null ? '' : result.predicted === label ? ', right' : `, wrong: it is ${className(names, label)}`;
  const range = result.range(target);
  const map = flat
    ? `The heatmap of ${className(names, target)} is flat: the same everywhere.`
    : `Heatmap of ${className(names, target)}, from ${shortNumber(range.minimum)} to ${shortNumber(range.maximum)}.`;
  return `${where}: ${className(names, result.predicted)}, ${percent(confidenceOf(shown))}${verdict}. ${map}`;
}
