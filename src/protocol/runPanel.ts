/** What every page about one run's checkpoints and the extension ask of each other. */
import { z } from 'zod';
import { engineContract } from './engine';
import { heatmapViewSchema } from './heatmaps';
import { index, path, setName } from './values';

const exportKind = z.enum(['png', 'csv']);
export type ExportKind = z.output<typeof exportKind>;

const action = z.enum(['createStudy', 'train', 'openGallery', 'openLog', 'showOutput', 'openStudy']);
export type RunPanelAction = z.output<typeof action>;

const setImage = z.strictObject({ set: setName, index });
export type SetImage = z.output<typeof setImage>;

const none = z.never();
const nothing = z.null();

/** What the extension answers. */
export const runPanelRequests = {
  view: {
    params: z.strictObject({}),
    progress: none,
    result: z.object({
      view: heatmapViewSchema,
      /** The checkpoint that the panel was opened for; null where it was none in particular. */
      epoch: index.nullable(),
    }),
  },
  /** As the engine's own, for the run that the panel shows. */
  explain: engineContract.requests.explain,
  /** Another run, null for the newest. The new view comes as an event. */
  choose: { params: z.strictObject({ run: path.nullable() }), progress: none, result: nothing },
  /** Asks where, has the page draw it, and saves it; null where the person decides against it. */
  save: {
    params: z.strictObject({ kind: exportKind }),
    progress: none,
    result: z.object({ saved: z.string().nullable() }),
  },
  /** Shows images of the data set in the heatmap panel, at all checkpoints. */
  openHeatmaps: {
    params: z.strictObject({ images: z.array(setImage).min(1).max(1000) }),
    progress: none,
    result: nothing,
  },
  /** Adds an image to those that the study file names. */
  addToStudy: {
    params: z.strictObject({ image: setImage }),
    progress: none,
    result: z.object({
      /** False where the editor had unsaved changes of the person's own: those are left to them. */
      written: z.boolean(),
    }),
  },
  /** What the page's buttons do in VS Code. */
  run: { params: z.strictObject({ action }), progress: none, result: nothing },
};

/** What the extension tells. */
export const runPanelEvents = {
  view: heatmapViewSchema,
  /** The person asked for this checkpoint. */
  epoch: index,
};

/** What the page answers. */
export const runPanelPageContract = {
  requests: {
    /** The figure as PNG, or the numbers as CSV in UTF-8. */
    render: {
      params: z.strictObject({ kind: exportKind }),
      progress: none,
      result: z.object({ bytes: z.instanceof(Uint8Array) }),
    },
  },
  events: {},
};
export type RunPanelPageContract = typeof runPanelPageContract;
