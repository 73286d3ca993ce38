/** The page's state and its changes. One listener draws it again. */
import type { SetName } from '../../src/protocol/engine';
import type { ReadyGallery, StudyImages } from '../../src/protocol/gallery';
import { EVERYTHING, filterImages, type Filter } from './filter';
import { parseIndexQuery, type IndexQuery } from './indexQuery';
import { sameSelection, selectionOf, type Selection } from './selection';

/** A checkpoint whose predictions are shown. */
export interface Checkpoint {
  readonly run: string;
  readonly epoch: number;
}

export type Predictions =
  | { readonly kind: 'none' }
  | { readonly kind: 'computing'; readonly done: number; readonly of: number }
  | { readonly kind: 'failed'; readonly message: string }
  /** [images], the class's number of each. */
  | { readonly kind: 'ready'; readonly classes: Uint8Array; readonly correct: number };

export interface GalleryState {
  view: ReadyGallery;
  filter: Filter;
  query: IndexQuery;
  checkpoint: Checkpoint | null;
  predictions: Predictions;
  selection: Selection;
  /** The images in the study file. */
  saved: Selection;
  /** The images of the set that pass the filter, ascending. */
  shown: Uint32Array;
  /** An index into `shown`. */
  focus: number;
  /** The position from which Shift extends the selection. */
  anchor: number;
  /** Whether Shift selects the images between; it deselects them if the anchor was deselected by a click. */
  extends: boolean;
  /** The position under the pointer. */
  hover: number | undefined;
  /** The side of a tile in CSS pixels. */
  tile: number;
}

export const TILES = { min: 32, max: 160, step: 16, usual: 48 } as const;

export function createModel(view: ReadyGallery): GalleryState {
  const set: SetName = view.dataset.sets.test.count > 0 ? 'test' : 'train';
  const saved = selectionOf(view.study?.images ?? { test: [], train: [] });
  const model: GalleryState = {
    view,
    saved,
    selection: saved,
    filter: { set, ...EVERYTHING },
    query: { kind: 'none' },
    checkpoint: null,
    predictions: { kind: 'none' },
    shown: new Uint32Array(0),
    focus: 0,
    anchor: 0,
    extends: true,
    hover: undefined,
    tile: TILES.usual,
  };
  refilter(model);
  return model;
}

export function setInfo({ view, filter }: GalleryState) {
  return view.dataset.sets[filter.set];
}

/** Filters again; the focus stays on its image if that is still shown. */
export function refilter(model: GalleryState): void {
  const focused = model.shown[model.focus];
  const { filter, predictions, selection } = model;
  const { labels, count } = setInfo(model);
  model.query = parseIndexQuery(filter.query, count);
  model.shown = filterImages(filter, {
    labels,
    predictions: predictions.kind === 'ready' ? predictions.classes : undefined,
    indices: model.query.kind === 'some' ? model.query.indices : undefined,
    selected: selection[filter.set],
  });
  const position = focused === undefined ? -1 : positionOf(model.shown, focused);
  model.focus = position === -1 ? 0 : position;
  model.anchor = model.focus;
  model.extends = true;
  model.hover = undefined;
}

/** The index of an image in an ascending list; −1 if it is not there. */
export function positionOf(shown: Uint32Array, index: number): number {
  let low = 0;
  let high = shown.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = shown[middle] as number;
    if (found === index) return middle;
    if (found < index) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The study file has changed. An unsaved selection stays. */
export function takeStudy(model: GalleryState, study: StudyImages): void {
  const changed = !sameSelection(model.selection, model.saved);
  model.view = { ...model.view, study };
  model.saved = selectionOf(study.images);
  if (!changed) model.selection = model.saved;
}

/** A text about an image. */
export function describeImage(
  model: GalleryState,
  position: number,
): { name: string; label: string; verdict: string } | null {
  const index = model.shown[position];
  if (index === undefined) return null;
  const classNames = model.view.dataset.classNames;
  const nameOf = (number: number | undefined): string =>
    number === undefined ? '' : (classNames[number] ?? String(number));
  const label = setInfo(model).labels[index];
  return {
    name: `${model.filter.set}:${index}`,
    label: nameOf(label),
    verdict: verdictOf(model, index, label, nameOf),
  };
}

function verdictOf(
  { predictions, checkpoint }: GalleryState,
  index: number,
  label: number | undefined,
  nameOf: (number: number | undefined) => string,
): string {
  if (predictions.kind !== 'ready' || checkpoint === null) return '';
  const predicted = predictions.classes[index];
  const right = predicted === label ? 'right' : 'wrong';
  return `epoch ${checkpoint.epoch} takes it for ${nameOf(predicted)}: ${right}`;
}

export function isWrong({ predictions, view, filter }: GalleryState, index: number): boolean {
  return predictions.kind === 'ready' && predictions.classes[index] !== view.dataset.sets[filter.set].labels[index];
}
