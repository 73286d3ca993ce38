/** One cell large: the clean image and heatmap beside the perturbed ones, with the probabilities of both. */
import { button } from '../../common/controls';
import { h } from '../../common/dom';
import { imageName } from '../../common/text';
import { figures, probabilityTable, similarityList } from './detailParts';
import type { CellPlace } from './grid';
import type { ImageState, ImageRow } from './imageState';
import { cellText, nameAt, rowText } from './words';

const CLEAN: ImageRow = { kind: 'clean', key: 'clean' };

export interface Detail {
  readonly element: HTMLDialogElement;
  open(place: CellPlace, of: ImageState, computing: boolean): void;
  update(of: ImageState, computing: boolean): void;
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
  let of: ImageState | undefined;
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
    title.textContent = `${imageName(of.image)} · ${rowText(row)} · ${nameAt(of, epoch)}`;
    verdict.textContent = cellText(of, row, epoch, computing).replace(/^.*?: /, '');
    const rows = row.kind === 'clean' ? [row] : [CLEAN, row];
    pictures.replaceChildren(...rows.flatMap((each) => figures(of as ImageState, each, epoch)));
    const perturbed = row.kind === 'clean' ? undefined : of.store.perturbed(of.image, row.at, epoch);
    const clean = of.store.clean(of.image, epoch);
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
