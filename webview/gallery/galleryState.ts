/** The page's state and its changes, each of which gives a new state. */
import type { ClassIndices } from '../../src/common/classIndices';
import * as l10n from '@vscode/l10n';
import type { SetName } from '../../src/protocol/engine';
import type { ReadyGallery, StudyImages } from '../../src/protocol/gallery';
import { EVERYTHING, filterImages, type Filter } from './filter';
import { parseIndexQuery, type IndexQuery } from './indexQuery';
import { marked, sameSelection, selectionOf, type Selection } from './selection';

/** A checkpoint whose predictions are shown. */
export interface Checkpoint {
  readonly run: string;
  readonly epoch: number;
}

/** A checkpoint's predictions for all images of a set. */
export interface Predictions {
  /** [images], the class's number of each. */
  readonly classes: ClassIndices;
  readonly correct: number;
}

export interface GalleryState {
  readonly view: ReadyGallery;
  readonly filter: Filter;
  readonly query: IndexQuery;
  readonly checkpoint: Checkpoint | null;
  /** Of the checkpoint; undefined until they are there. */
  readonly predictions: Predictions | undefined;
  readonly selection: Selection;
  /** The images in the study file. */
  readonly saved: Selection;
  /** The images of the set that pass the filter, ascending. */
  readonly shown: Uint32Array;
  /** An index into `shown`. */
  readonly focus: number;
  /** The position from which Shift extends the selection. */
  readonly anchor: number;
  /** Whether Shift selects the images between; it deselects them if the anchor was deselected by a click. */
  readonly extends: boolean;
  /** The side of a tile in CSS pixels. */
  readonly tile: number;
}

export const TILES = { min: 32, max: 160, step: 16, usual: 48 } as const;

export function createState(view: ReadyGallery): GalleryState {
  const set: SetName = view.dataset.sets.test.count > 0 ? 'test' : 'train';
  const saved = selectionOf(view.study?.images ?? { test: [], train: [] });
  return refiltered({
    view,
    saved,
    selection: saved,
    filter: { set, ...EVERYTHING },
    query: { kind: 'none' },
    checkpoint: null,
    predictions: undefined,
    shown: new Uint32Array(0),
    focus: 0,
    anchor: 0,
    extends: true,
    tile: TILES.usual,
  });
}

export function setInfo({ view, filter }: Pick<GalleryState, 'view' | 'filter'>) {
  return view.dataset.sets[filter.set];
}

/** Filters again; the focus stays on its image if that is still shown. */
export function refiltered(state: GalleryState): GalleryState {
  const { filter, predictions, selection } = state;
  const { labels, count } = setInfo(state);
  const query = parseIndexQuery(filter.query, count);
  const shown = filterImages(filter, {
    labels,
    predictions: predictions?.classes,
    indices: query.kind === 'some' ? query.indices : undefined,
    selected: selection[filter.set],
  });
  const focused = state.shown[state.focus];
  const focus = Math.max(0, focused === undefined ? -1 : positionOf(shown, focused));
  return { ...state, query, shown, focus, anchor: focus, extends: true };
}

/** Moves the focus; without extending, Shift goes on from there. */
export function focusedAt(state: GalleryState, position: number, extend: boolean): GalleryState {
  return { ...state, focus: position, ...(extend ? {} : { anchor: position, extends: true }) };
}

/** The selection from the anchor to a position. */
export function rangeTo(
  { anchor, shown, selection, filter, extends: selects }: GalleryState,
  position: number,
): Selection {
  const [from, to] = anchor < position ? [anchor, position] : [position, anchor];
  return marked(selection, filter.set, shown.subarray(from, to + 1), selects);
}

export function withSelection(state: GalleryState, selection: Selection): GalleryState {
  const next = { ...state, selection };
  return state.filter.selectedOnly ? refiltered(next) : next;
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
export function withStudy(state: GalleryState, study: StudyImages): GalleryState {
  const saved = selectionOf(study.images);
  const selection = sameSelection(state.selection, state.saved) ? saved : state.selection;
  return refiltered({ ...state, view: { ...state.view, study }, saved, selection });
}

export interface ImageText {
  readonly name: string;
  readonly label: string;
  /** What the checkpoint takes it for; empty where that is not known. */
  readonly verdict: string;
}

/** A text about the image at a position of the list; null where there is none. */
export function describeImage(state: GalleryState, position: number): ImageText | null {
  const index = state.shown[position];
  if (index === undefined) return null;
  const label = setInfo(state).labels[index];
  return {
    name: `${state.filter.set}:${index}`,
    label: classOf(state, label),
    verdict: verdictOf(state, index, label),
  };
}

function classOf({ view }: GalleryState, number: number | undefined): string {
  return number === undefined ? '' : (view.dataset.classNames[number] ?? String(number));
}

function verdictOf(state: GalleryState, index: number, label: number | undefined): string {
  const { predictions, checkpoint } = state;
  if (predictions === undefined || checkpoint === null) return '';
  const predicted = predictions.classes[index];
  return predicted === label
    ? l10n.t('epoch {0} takes it for {1}: right', checkpoint.epoch, classOf(state, predicted))
    : l10n.t('epoch {0} takes it for {1}: wrong', checkpoint.epoch, classOf(state, predicted));
}

export function isWrong({ predictions, view, filter }: GalleryState, index: number): boolean {
  return predictions !== undefined && predictions.classes[index] !== view.dataset.sets[filter.set].labels[index];
}
