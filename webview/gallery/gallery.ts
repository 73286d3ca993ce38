/** The page of a data set, put together from its parts, with the handling of the person's input. */
import type {
  GalleryHostContract,
  GalleryPageContract,
  GalleryRun,
  ReadyGallery,
  StudyImages,
} from '../../src/protocol/gallery';
import { RequestError, type Peer } from '../../src/protocol/peer';
import { announce } from '../common/announce';
import { h } from '../common/dom';
import { EVERYTHING, needsPredictions, type Filter } from './filter';
import { createFooter } from './footer';
import { createGrid } from './grid';
import { createModel, describeImage, positionOf, refilter, takeStudy, type Checkpoint } from './galleryState';
import { createPages } from './pages';
import { createPrediction } from './prediction';
import { createPredictionBar } from './predictionBar';
import { chosenOf, marked, problemOf, sameSelection, toggled, type Selection } from './selection';
import { makeSheet, type Sheet } from './sheet';
import { restoreState, saveState } from './savedState';
import { createToolbar } from './toolbar';

export interface Gallery {
  readonly element: HTMLElement;
  /** Called once the page is in the document. */
  begin(): void;
  takeStudy(study: StudyImages): void;
  takeRuns(runs: GalleryRun[]): void;
  dispose(): void;
}

export type Channel = Peer<GalleryPageContract, GalleryHostContract>;

export function createGallery(peer: Channel, view: ReadyGallery): Gallery {
  const model = createModel(view);
  const top = restoreState(model);
  const pages = createPages<Sheet>({
    fetch: (set, indices, signal) => peer.request('pixels', { set, indices }, { signal }),
    keep: makeSheet,
    onArrived: () => {
      grid.redraw();
      footer.updateImage(model);
    },
    onFailed: (error) => showProblem(`${messageOf(error)} (Click an image to try again.)`),
    isPassing: (error) => error instanceof RequestError && error.failure.reason === 'gone',
  });
  const prediction = createPrediction(peer, (predictions) => {
    const progressOnly = model.predictions.kind === 'computing' && predictions.kind === 'computing';
    model.predictions = predictions;
    if (progressOnly) bar.update(model);
    else changed();
    if (predictions.kind === 'ready') announce(bar.element.textContent);
  });
  const toolbar = createToolbar({
    onFilter: changeFilter,
    onGo: go,
    onCheckpoint: choose,
    onTile: (tile) => {
      model.tile = tile;
      grid.relayout();
      grid.scrollTo(model.focus);
      keep();
    },
    onReset: () => changeFilter(EVERYTHING),
  });
  const bar = createPredictionBar({
    onCancel: () => choose(null),
    onRetry: () => prediction.ask(model),
  });
  const grid = createGrid({
    model: () => model,
    pages,
    onHover: (position) => {
      if (model.hover === position) return;
      model.hover = position;
      footer.updateImage(model);
      grid.redraw();
    },
    onFocus: (position, extend) => {
      if (extend) select(range(position));
      moveTo(position, extend);
    },
    onPick: pick,
    onSelectAll: () => {
      if (model.view.study === null) return;
      select(marked(model.selection, model.filter.set, model.shown, true));
      announce(`${model.shown.length} images selected`);
    },
    onScrolled: saveSoon(),
  });
  const footer = createFooter({
    pages,
    onClear: () => select({ test: new Set(), train: new Set() }),
    onRevert: () => select(model.saved),
    onSave: () => void save(),
    onHeatmaps: () => void showHeatmaps(),
    onOpenStudy: () => void peer.request('run', { action: 'openFile' }),
  });
  const nothing = h('div', { class: 'nothing', hidden: true }, h('p'));
  const element = h(
    'main',
    { class: 'gallery' },
    toolbar.element,
    bar.element,
    h('div', { class: 'stage' }, grid.element, nothing),
    footer.element,
  );

  function changed(): void {
    refilter(model);
    toolbar.update(model);
    bar.update(model);
    footer.update(model);
    nothing.hidden = model.shown.length > 0;
    (nothing.firstChild as HTMLElement).textContent = whyNothing();
    grid.relayout();
    keep();
  }

  function whyNothing(): string {
    const { predictions, filter } = model;
    if (needsPredictions(filter) && predictions.kind === 'computing') return 'Waiting for the predictions…';
    if (needsPredictions(filter) && predictions.kind === 'failed') return 'There are no predictions to go by.';
    return 'No image fits all of this. Widen the filter, or press “Show all”.';
  }

  function changeFilter(change: Partial<Filter>): void {
    pages.retry();
    const set = model.filter.set;
    model.filter = { ...model.filter, ...change };
    if (model.filter.set !== set) prediction.ask(model);
    changed();
    grid.scrollTo(model.focus);
  }

  function choose(checkpoint: Checkpoint | null): void {
    model.checkpoint = checkpoint;
    if (checkpoint === null) model.filter = { ...model.filter, verdict: 'all', predicted: null };
    prediction.ask(model);
  }

  function go(): void {
    if (model.query.kind !== 'one') return;
    const { index } = model.query;
    let position = positionOf(model.shown, index);
    if (position === -1) {
      model.filter = { ...EVERYTHING, set: model.filter.set, query: model.filter.query };
      changed();
      position = positionOf(model.shown, index);
      announce('The filter was removed: it did not let this image through.');
    }
    moveTo(position, false);
    grid.scrollTo(position);
    grid.focus();
  }

  function moveTo(position: number, extend: boolean): void {
    model.focus = position;
    model.hover = undefined;
    if (!extend) {
      model.anchor = position;
      model.extends = true;
    }
    grid.relayout();
    grid.reveal(position);
    footer.updateImage(model);
    keep();
  }

  /** Selects from the anchor to here. */
  function range(position: number): Selection {
    const { anchor, shown, selection, filter } = model;
    const [from, to] = anchor < position ? [anchor, position] : [position, anchor];
    return marked(selection, filter.set, shown.subarray(from, to + 1), model.extends);
  }

  function pick(position: number, extend: boolean): void {
    pages.retry();
    const index = model.shown[position];
    if (index !== undefined && model.view.study !== null)
      select(extend ? range(position) : toggled(model.selection, model.filter.set, index));
    // Where only selected images are shown, a deselected one disappears.
    moveTo(Math.max(0, Math.min(position, model.shown.length - 1)), extend);
    if (!extend && index !== undefined) model.extends = model.selection[model.filter.set].has(index);
  }

  function select(selection: Selection): void {
    if (model.view.study === null) return;
    model.selection = selection;
    footer.say('');
    if (model.filter.selectedOnly) changed();
    footer.update(model);
    grid.relayout();
    keep();
  }

  /** @returns whether the study file has the selection now */
  async function save(): Promise<boolean> {
    if (sameSelection(model.selection, model.saved)) return true;
    if (problemOf(model.selection) !== undefined) return false;
    try {
      const images = chosenOf(model.selection);
      const { written } = await peer.request('save', { images });
      takeStudy(model, { images, random: null });
      footer.update(model);
      keep();
      const undone = 'Undo in the file’s editor takes it back.';
      const how = written
        ? `Saved to ${model.view.name}. ${undone}`
        : `Put into ${model.view.name}, whose editor has other unsaved changes: save it there.`;
      footer.say(how);
      return written;
    } catch (error) {
      showProblem(messageOf(error));
      return false;
    }
  }

  async function showHeatmaps(): Promise<void> {
    if (await save()) await peer.request('showHeatmaps', {});
  }

  function showProblem(message: string): void {
    footer.say(message, 'problem');
  }

  function keep(): void {
    saveState(model, grid.top);
  }

  function saveSoon(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 200);
    };
  }

  return {
    element,
    begin() {
      changed();
      // The grid knows its size only in the next frame.
      requestAnimationFrame(() => requestAnimationFrame(() => grid.scrollTo(top)));
      if (model.checkpoint !== null) prediction.ask(model);
      const first = describeImage(model, model.focus);
      if (first !== null) footer.updateImage(model);
    },
    takeStudy(study) {
      takeStudy(model, study);
      changed();
    },
    takeRuns(runs) {
      model.view = { ...model.view, runs };
      toolbar.update(model);
      footer.update(model);
    },
    dispose() {
      pages.dispose();
      prediction.cancel();
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
