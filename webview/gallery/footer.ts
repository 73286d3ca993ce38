/** Describes the image under the pointer, and the selection. */
import { button } from '../common/controls';
import { h } from '../common/dom';
import { describeImage, type GalleryState } from './galleryState';
import type { Pages } from './pages';
import { chosenOf, problemOf, sameSelection, sizeOf } from './selection';
import { drawFrom, type Sheet } from './sheet';
import { grouped } from './toolbar';

export interface FooterOptions {
  readonly pages: Pages<Sheet>;
  readonly onClear: () => void;
  readonly onRevert: () => void;
  readonly onSave: () => void;
  /** Saves unsaved changes first. */
  readonly onHeatmaps: () => void;
  readonly onOpenStudy: () => void;
}

export interface Footer {
  readonly element: HTMLElement;
  update(model: GalleryState): void;
  /** Updates only the image under the pointer or with the focus, because that happens often. */
  updateImage(model: GalleryState): void;
  /** The result of the last action. */
  say(text: string, kind?: 'done' | 'problem'): void;
}

/** The side of the enlarged image in CSS pixels. */
const PREVIEW = 64;

export function createFooter(options: FooterOptions): Footer {
  const canvas = h('canvas', { class: 'preview', width: PREVIEW, height: PREVIEW, 'aria-hidden': 'true' });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const name = h('strong');
  const about = h('span');
  const verdict = h('span', { class: 'muted' });
  const selected = h('span', { class: 'selected', role: 'status' });
  const said = h('span', { class: 'said', role: 'status' });
  const clear = button({ label: 'Clear', title: 'Select nothing', onClick: options.onClear });
  const revert = button({ label: 'Revert', title: 'Select what the study file names', onClick: options.onRevert });
  const save = button({ label: 'Save to Study', icon: 'save', appearance: 'primary', onClick: options.onSave });
  const heatmaps = button({ label: 'Show Heatmaps', icon: 'layers', onClick: options.onHeatmaps });
  const open = button({ label: 'Open Study File', onClick: options.onOpenStudy });
  const actions = h('div', { class: 'actions' }, clear, revert, save, heatmaps, open);
  const element = h(
    'div',
    { class: 'footer' },
    h('div', { class: 'image' }, canvas, h('div', { class: 'about' }, name, about, verdict)),
    h('div', { class: 'choice' }, h('div', { class: 'words' }, selected, said), actions),
  );

  function updateImage(model: GalleryState): void {
    const position = model.hover ?? model.focus;
    const image = describeImage(model, position);
    name.textContent = image?.name ?? '';
    about.textContent = image?.label ?? '';
    verdict.textContent = image?.verdict ?? '';
    const index = model.shown[position];
    const place = index === undefined ? undefined : options.pages.find(model.filter.set, index);
    context.imageSmoothingEnabled = false;
    context.clearRect(0, 0, PREVIEW, PREVIEW);
    if (place !== undefined) drawFrom(context, place.kept, place.row, [0, 0, PREVIEW]);
  }

  return {
    element,
    updateImage,
    update(model) {
      updateImage(model);
      const choosing = model.view.study !== null;
      for (const part of [selected, actions]) part.hidden = !choosing;
      const changed = !sameSelection(model.selection, model.saved);
      const problem = problemOf(model.selection);
      selected.textContent = selectionText(model, changed);
      setDisabled(clear, sizeOf(model.selection) === 0);
      revert.hidden = !changed;
      setDisabled(save, !changed || problem !== undefined);
      save.title = problem ?? `Write these images into ${model.view.name}`;
      setDisabled(heatmaps, problem !== undefined || model.view.runs.length === 0);
      heatmaps.title = heatmapTitle(model, changed, problem);
    },
    say(text, kind = 'done') {
      said.textContent = text;
      said.classList.toggle('error-text', kind === 'problem');
    },
  };
}

function heatmapTitle({ view }: GalleryState, changed: boolean, problem: string | undefined): string {
  if (view.runs.length === 0) return 'Train the study first: there is no checkpoint yet';
  if (problem !== undefined) return problem;
  return changed ? 'Save the selection to the study, and show its heatmaps' : 'Show the heatmaps of these images';
}

/** `12 selected (8 test, 4 training) · not saved` */
function selectionText(model: GalleryState, changed: boolean): string {
  const { test, train } = chosenOf(model.selection);
  const parts = [
    test.length > 0 && `${grouped(test.length)} test`,
    train.length > 0 && `${grouped(train.length)} training`,
  ];
  const sets = parts.filter((part) => part !== false).join(', ');
  const count = `${grouped(test.length + train.length)} selected${sets === '' ? '' : ` (${sets})`}`;
  const random = model.view.study?.random ?? null;
  if (changed) return `${count} · ${problemWhenTooMany(model) ?? 'not saved'}`;
  return random === null ? count : `${count} · drawn at random, as the study asks`;
}

function problemWhenTooMany({ selection }: GalleryState): string | undefined {
  return sizeOf(selection) === 0 ? undefined : problemOf(selection);
}

function setDisabled(element: HTMLElement, disabled: boolean): void {
  (element as HTMLElement & { disabled: boolean }).disabled = disabled;
}
