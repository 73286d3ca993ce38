/** The state that the page keeps while it is hidden and across reloads. */
import * as z from 'zod';
import { persistState, readState } from '../frame/host';
import { setInfo, type GalleryState, refilter } from './galleryState';
import { chosenOf, sameSelection, selectionOf } from './selection';

const index = z.int().min(0);
const stateSchema = z.object({
  file: z.string(),
  filter: z.object({
    set: z.enum(['test', 'train']),
    label: index.nullable(),
    query: z.string().max(10_000),
    verdict: z.enum(['all', 'wrong', 'right']),
    predicted: index.nullable(),
    selectedOnly: z.boolean(),
  }),
  checkpoint: z.object({ run: z.string(), epoch: index }).nullable(),
  tile: z.number().min(16).max(400),
  /** The image with the focus, and the first visible one. */
  focused: index,
  top: index,
  /** The unsaved selection. */
  unsaved: z.object({ test: z.array(index), train: z.array(index) }).nullable(),
});

export function saveState(model: GalleryState, top: number): void {
  const changed = !sameSelection(model.selection, model.saved);
  const state: z.output<typeof stateSchema> = {
    file: model.view.file,
    filter: model.filter,
    checkpoint: model.checkpoint,
    tile: model.tile,
    focused: model.shown[model.focus] ?? 0,
    top,
    unsaved: changed ? chosenOf(model.selection) : null,
  };
  persistState(state);
}

/** Restores the state that still fits. @returns the position to scroll to */
export function restoreState(model: GalleryState): number {
  const { data: state } = stateSchema.safeParse(readState());
  if (state?.file !== model.view.file) return 0;
  const classes = model.view.dataset.classNames.length;
  const fits = (label: number | null): number | null => (label !== null && label < classes ? label : null);
  model.tile = state.tile;
  if (model.view.dataset.sets[state.filter.set].count > 0)
    model.filter = { ...state.filter, label: fits(state.filter.label), predicted: fits(state.filter.predicted) };
  model.checkpoint = hasCheckpoint(model, state.checkpoint) ? state.checkpoint : null;
  if (state.unsaved !== null && model.view.study !== null)
    model.selection = selectionOf(withinSets(model, state.unsaved));
  if (model.checkpoint === null) model.filter = { ...model.filter, verdict: 'all', predicted: null };
  refilter(model);
  const position = model.shown.indexOf(Math.min(state.focused, setInfo(model).count - 1));
  model.focus = Math.max(0, position);
  model.anchor = model.focus;
  return state.top;
}

function withinSets({ view }: GalleryState, { test, train }: { test: number[]; train: number[] }) {
  const { sets } = view.dataset;
  return { test: test.filter((i) => i < sets.test.count), train: train.filter((i) => i < sets.train.count) };
}

function hasCheckpoint({ view }: GalleryState, checkpoint: { run: string; epoch: number } | null): boolean {
  if (checkpoint === null) return false;
  const run = view.runs.find(({ folder }) => folder === checkpoint.run);
  return run?.checkpoints.some(({ epoch }) => epoch === checkpoint.epoch) === true;
}
