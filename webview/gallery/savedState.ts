/** The state that the page keeps while it is hidden and across reloads. */
import * as z from 'zod/mini';
import { refiltered, setInfo, type GalleryState } from './galleryState';
import { chosenOf, sameSelection, selectionOf } from './selection';

const index = z.int().check(z.minimum(0));
const stateSchema = z.object({
  file: z.string(),
  filter: z.object({
    set: z.enum(['test', 'train']),
    label: z.nullable(index),
    query: z.string().check(z.maxLength(10_000)),
    verdict: z.enum(['all', 'wrong', 'right']),
    predicted: z.nullable(index),
    selectedOnly: z.boolean(),
  }),
  checkpoint: z.nullable(z.object({ run: z.string(), epoch: index })),
  tile: z.number().check(z.minimum(16), z.maximum(400)),
  /** The image with the focus, and the first visible one. */
  focused: index,
  top: index,
  /** The unsaved selection. */
  unsaved: z.nullable(z.object({ test: z.array(index), train: z.array(index) })),
});

/** Empty where nothing was kept. */
export type SavedState = Partial<z.output<typeof stateSchema>>;

export function parseSavedState(value: unknown): SavedState {
  return stateSchema.safeParse(value).data ?? {};
}

/** @param top the position of the first visible image */
export function savedState(state: GalleryState, top: number): SavedState {
  const changed = !sameSelection(state.selection, state.saved);
  return {
    file: state.view.file,
    filter: state.filter,
    checkpoint: state.checkpoint,
    tile: state.tile,
    focused: state.shown[state.focus] ?? 0,
    top,
    unsaved: changed ? chosenOf(state.selection) : null,
  };
}

/** Restores what still fits. */
export function restored(state: GalleryState, saved: SavedState): GalleryState {
  const { filter, tile, focused = 0, unsaved = null } = saved;
  if (saved.file !== state.view.file || filter === undefined) return state;
  const { classNames, sets } = state.view.dataset;
  const fits = (label: number | null): number | null => (label !== null && label < classNames.length ? label : null);
  const checkpoint = hasCheckpoint(state, saved.checkpoint ?? null) ? (saved.checkpoint ?? null) : null;
  const known =
    sets[filter.set].count > 0
      ? { ...filter, label: fits(filter.label), predicted: fits(filter.predicted) }
      : state.filter;
  const next = refiltered({
    ...state,
    tile: tile ?? state.tile,
    checkpoint,
    filter: checkpoint === null ? { ...known, verdict: 'all', predicted: null } : known,
    selection:
      unsaved === null || state.view.study === null ? state.selection : selectionOf(withinSets(state, unsaved)),
  });
  const focus = Math.max(0, next.shown.indexOf(Math.min(focused, setInfo(next).count - 1)));
  return { ...next, focus, anchor: focus };
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
