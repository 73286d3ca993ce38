/** The gallery's state, and what the person does with it. */
import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { GalleryRun, ReadyGallery, StudyImages } from '../../src/protocol/gallery';
import { RequestError } from '../../src/protocol/peer';
import { announce, messageOf } from '../frame';
import { EVERYTHING, type Filter } from './filter';
import {
  createState,
  focusedAt,
  positionOf,
  rangeTo,
  refiltered,
  withSelection,
  withStudy,
  type Checkpoint,
  type GalleryState,
} from './galleryState';
import type { GalleryPage, GridHandle } from './galleryPage';
import { createPages, THUMBNAIL, type Pages } from './pages';
import { createPredictions, type Predicting } from './predictions';
import { restored, savedState } from './savedState';
import { chosenOf, marked, problemOf, sameSelection, toggled, type Selection } from './selection';
import { makeSheet, type Sheet } from './sheet';

/** The result of the last action. */
export interface Said {
  readonly text: string;
  readonly problem: boolean;
}

export interface Gallery {
  readonly state: ReadonlySignal<GalleryState>;
  /** The position under the pointer. */
  readonly hover: Signal<number | undefined>;
  readonly said: ReadonlySignal<Said>;
  readonly pages: Pages<Sheet>;
  /** Counts the pages of pixels that have arrived. */
  readonly arrived: ReadonlySignal<number>;
  readonly predicting: Predicting;
  /** Set by the grid while it is there. */
  readonly grid: { current: GridHandle | null };
  /** The position that is at the top when the grid is first drawn. */
  readonly top: number;
  readonly filter: (change: Partial<Filter>) => void;
  readonly choose: (checkpoint: Checkpoint | null) => void;
  readonly resize: (tile: number) => void;
  /** Goes to the image whose index was typed. */
  readonly go: () => void;
  readonly move: (position: number, extend: boolean) => void;
  readonly pick: (position: number, extend: boolean) => void;
  readonly select: (selection: Selection) => void;
  readonly selectAll: () => void;
  /** Answers whether the study file has the selection now. */
  readonly save: () => Promise<boolean>;
  readonly showHeatmaps: () => Promise<void>;
  readonly takeStudy: (study: StudyImages) => void;
  readonly takeRuns: (runs: readonly GalleryRun[]) => void;
  readonly keep: () => void;
  readonly dispose: () => void;
}

export function createGallery(page: GalleryPage, view: ReadyGallery): Gallery {
  const kept = page.state.peek();
  const state = signal(restored(createState(view), kept));
  const hover = signal<number | undefined>(undefined);
  const said = signal<Said>({ text: '', problem: false });
  const arrived = signal(0);
  const grid: { current: GridHandle | null } = { current: null };
  const top = kept.file === view.file ? (kept.top ?? 0) : 0;

  const pages = createPages<Sheet>({
    fetch: (set, indices, aborted) =>
      page.host.request('pixels', { set, indices, longestSide: THUMBNAIL }, { signal: aborted }),
    keep: makeSheet,
    onArrived: () => arrived.value++,
    onFailed: (error) => say(l10n.t('{0} (Click an image to try again.)', messageOf(error)), true),
    isPassing: (error) => error instanceof RequestError && error.failure.reason === 'gone',
  });
  const predicting = createPredictions(page.host, view.dataset.sets, (predictions) =>
    update(refiltered({ ...state.peek(), predictions })),
  );
  const wanted = computed(() => {
    const { checkpoint, filter } = state.value;
    return checkpoint === null ? undefined : { ...checkpoint, set: filter.set };
  });
  const stopAsking = effect(() => predicting.request.want(wanted.value));

  function say(text: string, problem = false): void {
    said.value = { text, problem };
  }

  function keep(): void {
    page.keep(savedState(state.peek(), grid.current?.top() ?? top));
  }

  function update(next: GalleryState): void {
    state.value = next;
    hover.value = undefined;
    keep();
  }

  function filter(change: Partial<Filter>): void {
    pages.retry();
    const now = state.peek();
    update(refiltered({ ...now, filter: { ...now.filter, ...change } }));
    grid.current?.scrollTo(state.peek().focus);
  }

  function move(position: number, extend: boolean): void {
    update(focusedAt(state.peek(), position, extend));
    grid.current?.reveal(position);
  }

  function select(selection: Selection): void {
    if (state.peek().view.study === null) return;
    say('');
    update(withSelection(state.peek(), selection));
  }

  function pick(position: number, extend: boolean): void {
    pages.retry();
    const now = state.peek();
    const index = now.shown[position];
    const set = now.filter.set;
    if (index !== undefined) select(extend ? rangeTo(now, position) : toggled(now.selection, set, index));
    // Where only selected images are shown, a deselected one disappears.
    move(Math.max(0, Math.min(position, state.peek().shown.length - 1)), extend);
    if (!extend && index !== undefined) update({ ...state.peek(), extends: state.peek().selection[set].has(index) });
  }

  function go(): void {
    const { query, filter: now, shown } = state.peek();
    if (query.kind !== 'one') return;
    if (positionOf(shown, query.index) === -1) {
      filter({ ...EVERYTHING, query: now.query });
      announce(l10n.t('The filter was removed: it did not let this image through.'));
    }
    const position = positionOf(state.peek().shown, query.index);
    move(position, false);
    grid.current?.scrollTo(position);
    grid.current?.focus();
  }

  async function save(): Promise<boolean> {
    const { selection, saved, view: shown } = state.peek();
    if (sameSelection(selection, saved)) return true;
    if (problemOf(selection) !== undefined) return false;
    try {
      const images = chosenOf(selection);
      const { written } = await page.host.request('save', { images });
      update(withStudy(state.peek(), { images, random: null }));
      say(
        written
          ? l10n.t('Saved to {0}. Undo in the file’s editor takes it back.', shown.name)
          : l10n.t('Put into {0}, whose editor has other unsaved changes: save it there.', shown.name),
      );
      return written;
    } catch (error) {
      say(messageOf(error), true);
      return false;
    }
  }

  return {
    state,
    hover,
    said,
    pages,
    arrived,
    predicting,
    grid,
    top,
    filter,
    choose(checkpoint) {
      const now = state.peek();
      const none = checkpoint === null ? ({ verdict: 'all', predicted: null } as const) : {};
      update(refiltered({ ...now, checkpoint, predictions: undefined, filter: { ...now.filter, ...none } }));
    },
    resize(tile) {
      update({ ...state.peek(), tile });
      grid.current?.scrollTo(state.peek().focus);
    },
    go,
    move(position, extend) {
      if (extend) select(rangeTo(state.peek(), position));
      move(position, extend);
    },
    pick,
    select,
    selectAll() {
      const { view: now, selection, filter: by, shown } = state.peek();
      if (now.study === null) return;
      select(marked(selection, by.set, shown, true));
      announce(l10n.t('{0} images selected', shown.length));
    },
    save,
    async showHeatmaps() {
      if (await save()) page.attempt(page.host.request('showHeatmaps', {}));
    },
    takeStudy: (study) => update(withStudy(state.peek(), study)),
    takeRuns(runs) {
      const now = state.peek();
      state.value = { ...now, view: { ...now.view, runs: [...runs] } };
    },
    keep,
    dispose() {
      stopAsking();
      predicting.request.want(undefined);
      pages.dispose();
    },
  };
}
