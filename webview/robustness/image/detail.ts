/** One cell large: the clean image and heatmap beside the perturbed ones, probabilities beside each other. */
import { button } from '../../common/controls';
import { h } from '../../common/dom';
import { heatValues, paintHeat, paintPicture } from '../../common/heat/paint';
import { className, imageName, percent } from '../../common/text';
import { numberText } from '../tests/measures';
import { pictureOf } from './cell';
import type { CellPlace } from './grid';
import type { PerturbedSight, Sight } from './looked';
import { scalesOf, sightOf, type ImageModel, type ImageRow } from './model';
import { cellText, rowText } from './words';

const RASTER = 288;
const CLASSES = 5;
const CLEAN: ImageRow = { kind: 'clean', key: 'clean' };

export interface Detail {
  readonly element: HTMLDialogElement;
  open(place: CellPlace, of: ImageModel, computing: boolean): void;
  update(of: ImageModel, computing: boolean): void;
}

export function createDetail(onClose: (place: CellPlace) => void): Detail {
  const title = h('h2', { id: 'sight-title' });
  const verdict = h('p', { class: 'verdict', 'aria-live': 'polite' });
  const pictures = h('div', { class: 'pair' });
  const facts = h('div', { class: 'sight-facts' });
  const step = (label: string, by: CellPlace, icon: 'previous' | 'next'): HTMLElement =>
    button({ label, icon, appearance: 'icon', onClick: () => go(by) });
  const upwards = [
    step('Round above (↑)', { row: -1, column: 0 }, 'previous'),
    step('Round below (↓)', { row: 1, column: 0 }, 'next'),
  ];
  for (const each of upwards) each.classList.add('upwards');
  const sideways = [
    step('Earlier checkpoint (←)', { row: 0, column: -1 }, 'previous'),
    step('Later checkpoint (→)', { row: 0, column: 1 }, 'next'),
  ];
  const close = button({ label: 'Close (Esc)', icon: 'close', appearance: 'icon', onClick: () => element.close() });
  const element = h(
    'dialog',
    { class: 'detail sight-detail', 'aria-labelledby': 'sight-title' },
    h('header', {}, ...upwards, ...sideways, h('div', { class: 'headline' }, title, verdict), close),
    pictures,
    facts,
  );
  let of: ImageModel | undefined;
  let computing = false;
  let place: CellPlace | undefined;

  function go(by: CellPlace): void {
    if (of === undefined || place === undefined) return;
    const within = (value: number, count: number): number => Math.min(Math.max(value, 0), count - 1);
    place = {
      row: within(place.row + by.row, of.rows.length),
      column: within(place.column + by.column, of.model.checkpoints.length),
    };
    draw();
  }

  function draw(): void {
    const row = place && of?.rows[place.row];
    const checkpoint = place && of?.model.checkpoints[place.column];
    if (of === undefined || row === undefined || checkpoint === undefined) return;
    const { epoch } = checkpoint;
    title.textContent = `${imageName(of.image)} · ${rowText(row)} · epoch ${epoch}`;
    verdict.textContent = cellText(of, row, epoch, computing).replace(/^.*?: /, '');
    const rows = row.kind === 'clean' ? [row] : [CLEAN, row];
    pictures.replaceChildren(...rows.flatMap((each) => figures(of as ImageModel, each, epoch)));
    const perturbed = row.kind === 'clean' ? undefined : of.looked.perturbed(of.image, row.at, epoch);
    const clean = of.looked.clean(of.image, epoch);
    facts.replaceChildren(
      ...(clean === undefined ? [] : [probabilityTable(of, clean, perturbed)]),
      ...(perturbed === undefined ? [] : [similarityList(perturbed)]),
    );
  }

  element.addEventListener('keydown', ({ key }) => {
    const [row, column] = ARROWS[key] ?? [0, 0];
    if (row !== 0 || column !== 0) go({ row, column });
  });
  element.addEventListener('close', () => {
    const last = place;
    place = undefined;
    if (last !== undefined) onClose(last);
  });
  // A click beside the dialog closes it.
  element.addEventListener('click', (event) => {
    if (event.target === element) element.close();
  });

  return {
    element,
    open(at, next, isComputing) {
      [place, of, computing] = [at, next, isComputing];
      if (!element.open) element.showModal();
      draw();
    },
    update(next, isComputing) {
      [of, computing] = [next, isComputing];
      if (place !== undefined) draw();
    },
  };
}

const ARROWS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The picture alone, and under its heatmap. */
function figures(of: ImageModel, row: ImageRow, epoch: number): HTMLElement[] {
  const { look } = of.model.state;
  const what = row.kind === 'clean' ? 'Clean' : 'Perturbed';
  const sight = sightOf(of, row, epoch);
  const shown = pictureOf(of, row);
  return ['', ', heatmap'].map((suffix) => {
    const picture = h('canvas', { class: 'picture' });
    if (shown !== undefined) paintPicture(picture, shown);
    const heat = h('canvas', { class: 'heat' });
    const withHeat = suffix !== '' && sight !== undefined;
    if (withHeat) paintHeat(heat, heatValues(sight, scalesOf(of)(row), look.smooth, RASTER), look);
    const stack = h(
      'div',
      {
        ...{ class: `stack${look.smooth ? '' : ' squares'}`, role: 'img', 'aria-label': `${what}${suffix}` },
        'data-blending': look.blending,
        style: { '--heat-opacity': String(look.opacity) },
      },
      picture,
      withHeat && heat,
      withHeat && sight.flat && h('span', { class: 'flat' }, 'flat'),
    );
    return h('figure', {}, stack, h('figcaption', {}, `${what}${suffix}`));
  });
}

/** The most probable classes of either. */
function probabilityTable(of: ImageModel, clean: Sight, perturbed: PerturbedSight | undefined): HTMLElement {
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

function similarityList({ similarity, drop }: PerturbedSight): HTMLElement {
  const facts: readonly (readonly [string, number | null, number])[] = [
    ['Confidence drop of the prediction', drop.ofPrediction, 4],
    ['Confidence drop of the label', drop.ofLabel, 4],
    ['Heatmaps: rank correlation', similarity.spearman, 3],
    ['Heatmaps: linear correlation', similarity.pearson, 3],
    ['Heatmaps: SSIM', similarity.ssim, 3],
    ['Heatmaps: top-20 % overlap', similarity.topOverlap, 3],
  ];
  return h(
    'dl',
    { class: 'alike-list' },
    ...facts.flatMap(([name, value, digits]) => [h('dt', {}, name), h('dd', {}, numberText(value, digits))]),
  );
}
