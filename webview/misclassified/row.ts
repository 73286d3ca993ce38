/**
 * A row of the list: the image, the heatmaps of two classes, their difference, and texts about prediction and epochs.
 */
import type { Scale } from '../../src/imaging/heatmap';
import { button } from '../common/controls';
import { checkpointInText } from '../common/checkpointText';
import { h } from '../common/dom';
import { paintDifference } from '../common/heat/difference';
import { heatValues, paintHeat, paintPicture } from '../common/heat/paint';
import type { ImageResult, Results } from '../common/heat/results';
import { className, percent, shortNumber } from '../common/text';
import { compare, type Comparison } from './compare';
import { fateSentence } from './fateText';
import { createBars, createMapView } from './mapView';
import { checkpointOf, type Item, type MisclassifiedState } from './misclassifiedState';
import { createStrip } from './strip';

/** The side in pixels of a smooth heatmap; the browser's own smoothing does the rest. */
const RASTER = 96;

export interface RowOptions {
  readonly onEpoch: (epoch: number) => void;
  readonly onHeatmaps: (item: Item) => void;
  readonly onAdd: (item: Item) => void;
}

export interface Row {
  readonly element: HTMLElement;
  draw(model: MisclassifiedState, results: Results, shared: Scale | undefined, computing: boolean): void;
}

export function imageKey(image: number): string {
  return `test:${image}`;
}

export function createRow(item: Item, options: RowOptions): Row {
  const picture = createMapView('original');
  const predicted = createMapView('predicted');
  const other = createMapView('other');
  const difference = createMapView('difference');
  const verdict = h('div', { class: 'verdict' });
  const fate = h('div', { class: 'muted fate-text' });
  const strip = createStrip(options.onEpoch);
  const bars = createBars();
  const heatmaps = button({
    label: 'Show heatmaps at all checkpoints (Enter)',
    icon: 'layers',
    appearance: 'icon',
    onClick: () => options.onHeatmaps(item),
  });
  const add = button({
    label: 'Add to the study’s images (A)',
    icon: 'add',
    appearance: 'icon',
    onClick: () => options.onAdd(item),
  });
  const name = h('strong', {}, `test ${item.image}`);
  const found = h('span', { class: 'muted found' });
  const element = h(
    'div',
    { class: 'row', role: 'listitem', tabindex: -1 },
    h('div', { class: 'maps' }, picture.element, predicted.element, other.element, difference.element),
    h(
      'div',
      { class: 'facts' },
      h('div', { class: 'row-name' }, name, found, h('span', { class: 'row-actions' }, heatmaps, add)),
      verdict,
      strip.element,
      fate,
      bars.element,
    ),
  );
  let drawnResult: ImageResult | undefined;
  let drawnKey = '';
  let drawnPicture: unknown;

  function drawPicture(results: Results): void {
    const explained = results.image(imageKey(item.image));
    if (explained?.usable !== true || explained.picture === drawnPicture) return;
    drawnPicture = explained.picture;
    for (const { under } of [picture, predicted, other, difference]) paintPicture(under, explained.picture);
  }

  function drawMaps(
    { choice, view: { classNames } }: MisclassifiedState,
    result: ImageResult,
    label: number,
    shared: Scale | undefined,
  ): void {
    const { look } = choice;
    const { scale: kind, smooth, colourMap, blending } = look;
    const key = JSON.stringify([kind, smooth, colourMap, blending, kind === 'shared' ? shared : null]);
    if (result === drawnResult && key === drawnKey) return;
    drawnKey = key;
    const comparison = compare(result, label, kind, shared);
    paintHeat(predicted.heat, heatValues(comparison.maps.predicted, comparison.scale, smooth, RASTER), look);
    paintHeat(other.heat, heatValues(comparison.maps.other, comparison.scale, smooth, RASTER), look);
    paintDifference(difference.heat, comparison.difference, smooth, RASTER);
    predicted.flat.hidden = !result.isFlat(comparison.predicted);
    other.flat.hidden = !result.isFlat(comparison.other);
    caption(comparison, result, label, classNames);
    bars.draw(comparison, colourMap);
    bars.element.hidden = false;
  }

  /** Texts about another layer's or checkpoint's maps do not apply to the next ones. */
  function awaitMaps(computing: boolean): void {
    drawnKey = '';
    const [mark, words] = computing ? ['…', 'being computed'] : ['–', 'not computed'];
    for (const each of [predicted, other, difference]) each.say(mark, words);
    for (const each of [predicted, other]) each.flat.hidden = true;
    bars.element.hidden = true;
  }

  function caption(comparison: Comparison, result: ImageResult, label: number, names: readonly string[]): void {
    const confidence = (index: number): string => percent(result.probabilities[index] ?? 0);
    const [first, second] = [className(names, comparison.predicted), className(names, comparison.other)];
    const isWrong = comparison.predicted !== label;
    predicted.say(
      `${first} ${confidence(comparison.predicted)}`,
      `predicted: ${first}, ${confidence(comparison.predicted)}`,
    );
    const role = isWrong ? 'label' : 'runner-up';
    other.say(`${second} ${confidence(comparison.other)}`, `${role}: ${second}, ${confidence(comparison.other)}`);
    difference.say(
      `at most ${shortNumber(comparison.difference.most)}`,
      `${first} less ${second}: red is heat for ${first} alone, blue for ${second}`,
    );
  }

  return {
    element,
    draw(model, results, shared, computing) {
      const { known, fates, choice } = model;
      const label = known?.labels[item.image] ?? 0;
      const names = model.view.classNames;
      const result = results.cell(imageKey(item.image), item.epoch);
      const says = known?.epochs.find(({ epoch }) => epoch === item.epoch)?.predictions[item.image];
      drawPicture(results);
      picture.say(className(names, label), `The image, of the class ${className(names, label)}`);
      if (result === undefined) awaitMaps(computing);
      else drawMaps(model, result, label, shared);
      drawnResult = result;
      element.classList.toggle('pending', result === undefined && computing);
      element.classList.toggle('absent', result === undefined && !computing);
      const right = says === label;
      const at = choice.scope === 'search' ? ` at ${checkpointInText(checkpointOf(model.view, item))}` : '';
      verdict.replaceChildren(
        h('span', { class: `mark ${right ? 'right' : 'wrong'}`, 'aria-hidden': 'true' }, right ? '✓' : '✗'),
        ` ${className(names, label)}${right ? '' : ` taken for ${className(names, says ?? 0)}`}${at}`,
      );
      found.textContent = item.lookedAt === undefined ? '' : `image ${item.lookedAt} of the search`;
      strip.update(
        (known?.epochs ?? []).map(({ epoch, predictions }) => ({
          epoch,
          name: checkpointOf(model.view, { epoch }).name,
          right: predictions[item.image] === label,
        })),
        item.epoch,
      );
      const sentence = fates?.[item.image];
      fate.textContent = sentence === undefined ? '' : fateSentence(sentence);
      const inStudy = model.view.images.some(
        (each) => each.kind === 'set' && each.set === 'test' && each.index === item.image,
      );
      add.hidden = inStudy;
      name.classList.toggle('in-study', inStudy);
      name.title = inStudy ? 'One of the study’s images' : '';
      element.setAttribute(
        'aria-label',
        `test ${item.image}: ${verdict.textContent.replace(/^[✓✗] /, '')}. ${strip.element.getAttribute('aria-label') ?? ''}. ${fate.textContent}`,
      );
    },
  };
}
