/** One cell large: image, heatmap and overlay, probabilities, values, and the same image over all epochs. */
import { button } from '../common/controls';
import { h } from '../common/dom';
import { cellText } from './cell';
import { createFilmstrip } from './filmstrip';
import type { CellPlace } from './grid';
import { scales, shownCell, type HeatmapsState } from './heatmapsState';
import { createProbabilities } from './probabilities';
import { accuracyText, className, imageName } from '../common/text';
import type { Target } from './settings';
import { createDetailPictures } from './detailPictures';

export interface DetailOptions {
  /** Another cell is shown. */
  readonly onPlace: (place: CellPlace) => void;
  readonly onTarget: (target: Target) => void;
  readonly onClose: () => void;
}

export interface Detail {
  readonly element: HTMLDialogElement;
  readonly place: CellPlace | undefined;
  open(place: CellPlace, model: HeatmapsState, computing: boolean): void;
  /** Updates the dialog if it is open. */
  update(model: HeatmapsState, computing: boolean): void;
}

export function createDetail(options: DetailOptions): Detail {
  const title = h('h2', { id: 'detail-title' });
  const verdict = h('p', { class: 'verdict', 'aria-live': 'polite' });
  const views = createDetailPictures();
  const probabilities = createProbabilities(options.onTarget);
  const filmstrip = createFilmstrip((epoch) => go({ epoch }));
  const close = button({ label: 'Close (Esc)', icon: 'close', appearance: 'icon', onClick: () => element.close() });
  const previous = button({ label: 'Image above (↑)', icon: 'previous', appearance: 'icon', onClick: () => step(-1) });
  const next = button({ label: 'Image below (↓)', icon: 'next', appearance: 'icon', onClick: () => step(1) });
  previous.classList.add('upwards');
  next.classList.add('upwards');
  const element = h(
    'dialog',
    { class: 'detail', 'aria-labelledby': 'detail-title' },
    h('header', {}, previous, next, h('div', { class: 'headline' }, title, verdict), close),
    views.element,
    h('div', { class: 'facts' }, probabilities.element, views.readout),
    filmstrip.element,
  );
  let model: HeatmapsState | undefined;
  let computing = false;
  let place: CellPlace | undefined;

  function go(to: Partial<CellPlace>): void {
    if (place === undefined) return;
    place = { ...place, ...to };
    options.onPlace(place);
    draw();
  }

  function step(by: number): void {
    if (model === undefined || place === undefined) return;
    const image = model.images[model.images.indexOf(place.image) + by];
    if (image !== undefined) go({ image });
  }

  function draw(): void {
    if (model === undefined || place === undefined) return;
    const { image, epoch } = place;
    const shown = shownCell(model, image, epoch);
    const scale = scales(model)(image);
    const names = model.view.classNames;
    const label = shown?.label ?? null;
    title.textContent = [imageName(image), label === null ? undefined : className(names, label), `epoch ${epoch}`]
      .filter((part) => part !== undefined)
      .join(' · ');
    const accuracy = accuracyText(
      model.checkpoints.find((checkpoint) => checkpoint.epoch === epoch)?.testAccuracy ?? null,
    );
    verdict.textContent =
      cellText(model, image, epoch, shown, computing).replace(/^.*?: /, '') +
      (accuracy === '' ? '' : ` This checkpoint: ${accuracy} on the test set.`);
    views.draw(model, image, shown, scale);
    probabilities.draw(model, shown);
    filmstrip.draw(model, place, scale);
  }

  element.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowLeft') filmstrip.step(-1);
    else if (event.key === 'ArrowRight') filmstrip.step(1);
    else if (
      event.key === ' ' &&
      !(event.target instanceof HTMLElement && event.target.matches('vscode-button, button'))
    ) {
      filmstrip.togglePlay();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  element.addEventListener('close', () => {
    filmstrip.stop();
    place = undefined;
    options.onClose();
  });
  // A click beside the dialog closes it.
  element.addEventListener('click', (event) => {
    if (event.target === element) element.close();
  });

  return {
    element,
    get place() {
      return place;
    },
    open(at, next, isComputing) {
      [place, model, computing] = [at, next, isComputing];
      if (!element.open) element.showModal();
      draw();
    },
    update(next, isComputing) {
      [model, computing] = [next, isComputing];
      if (place === undefined) return;
      if (!model.images.includes(place.image)) element.close();
      else draw();
    },
  };
}
