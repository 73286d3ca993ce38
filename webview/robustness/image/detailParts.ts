/** What a cell shows when it is opened large. */
import { SIMILARITY_MEASURES } from '../../../src/measures/similarity';
import { h } from '../../common/dom';
import { heatValues, paintHeat } from '../../common/heat/paint';
import { createPictureStack } from '../../common/heat/pictureStack';
import { className, percent } from '../../common/text';
import { numberText } from '../tests/measures';
import { pictureOf } from './cell';
import type { PerturbedPrediction, ImagePrediction } from './perturbedStore';
import { scalesOf, predictionOf, type ImageState, type ImageRow } from './imageState';

const RASTER = 288;
const CLASSES = 5;

/** The picture alone, and below its heatmap. */
export function figures(of: ImageState, row: ImageRow, epoch: number): HTMLElement[] {
  const { look } = of.model.state;
  const what = row.kind === 'clean' ? 'Clean' : 'Perturbed';
  const sight = predictionOf(of, row, epoch);
  const shown = pictureOf(of, row);
  return ['', ', heatmap'].map((suffix) => {
    const withHeat = suffix !== '' && sight !== undefined;
    const flat = withHeat && sight.flat && h('span', { class: 'flat' }, 'flat');
    const stack = createPictureStack(look.smooth ? '' : 'squares', flat);
    const { element, heat } = stack;
    if (shown !== undefined) stack.show(shown);
    heat.hidden = !withHeat;
    if (withHeat) paintHeat(heat, heatValues(sight, scalesOf(of)(row), look.smooth, RASTER), look);
    element.setAttribute('role', 'img');
    element.setAttribute('aria-label', `${what}${suffix}`);
    element.dataset['blending'] = look.blending;
    element.style.setProperty('--heat-opacity', String(look.opacity));
    return h('figure', {}, element, h('figcaption', {}, `${what}${suffix}`));
  });
}

/** The most probable classes of both. */
export function probabilityTable(
  of: ImageState,
  clean: ImagePrediction,
  perturbed: PerturbedPrediction | undefined,
): HTMLElement {
  const names = of.model.view.classNames;
  const largest = (index: number): number =>
    Math.max(clean.probabilities[index] ?? 0, perturbed?.probabilities[index] ?? 0);
  const order = names.map((_, index) => index).sort((a, b) => largest(b) - largest(a));
  const rows = order.slice(0, CLASSES).map((index) => {
    const before = clean.probabilities[index] ?? 0;
    const after = perturbed?.probabilities[index];
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, className(names, index), index === of.label && h('span', { class: 'tag' }, 'label')),
      h('td', {}, bar(before), percent(before)),
      after !== undefined && h('td', {}, bar(after), percent(after)),
      after !== undefined && h('td', { class: 'change' }, signedPoints(after - before)),
    );
  });
  const heads = ['Class', 'Clean', ...(perturbed === undefined ? [] : ['Perturbed', 'Change'])];
  return h(
    'table',
    { class: 'probability-table' },
    h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
    h('tbody', {}, ...rows),
  );
}

function bar(share: number): HTMLElement {
  return h(
    'span',
    { class: 'track', 'aria-hidden': 'true' },
    h('span', { class: 'fill', style: { width: `${100 * share}%` } }),
  );
}

function signedPoints(change: number): string {
  return `${change > 0 ? '+' : ''}${numberText(100 * change, 1)}`;
}

export function similarityList({ similarity, drop }: PerturbedPrediction): HTMLElement {
  const facts: readonly (readonly [string, number | null, number])[] = [
    ['Confidence drop of the prediction', drop.ofPrediction, 4],
    ['Confidence drop of the label', drop.ofLabel, 4],
    ...SIMILARITY_MEASURES.map(({ key, name }) => [`Heatmaps: ${name}`, similarity[key], 3] as const),
  ];
  return h(
    'dl',
    { class: 'alike-list' },
    ...facts.flatMap(([name, value, digits]) => [h('dt', {}, name), h('dd', {}, numberText(value, digits))]),
  );
}
