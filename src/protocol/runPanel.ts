/** What the pages of panels bound to runs, and the extension, ask of each other, whatever the panel shows. */
import * as z from 'zod/mini';
import type { Contract } from './contract';
import { panelViewSchema, setImageSchema } from './panelView';
import { index, path } from '../common/schemas';

const none = z.never();
const nothing = z.null();

const action = z.enum([
  'createStudy',
  'runExample',
  'train',
  'openGallery',
  'openLog',
  'showOutput',
  'openStudy',
  'manageTrust',
  /** Measures imported checkpoints: see `CheckpointInfo.measurable`. */
  'measure',
]);
export type PanelAction = z.output<typeof action>;

/** See `NetworkMap`. */
const networkMapSchema = z.array(
  z.object({
    name: z.string(),
    operations: z.array(z.string()),
    channels: index,
    height: index,
    width: index,
    inputs: z.array(index),
    layers: z.array(z.string()),
  }),
);
export type NetworkMapView = z.output<typeof networkMapSchema>;

/** What the extension answers every page. */
export const runPanelRequests = {
  view: { params: z.strictObject({}), progress: none, result: panelViewSchema },
  /** Another run, null for the newest. The new view comes as an event. */
  choose: { params: z.strictObject({ run: z.nullable(path) }), progress: none, result: nothing },
  /** Writes how heatmaps are made into the study file, as an edit that can be undone. */
  useInStudy: {
    params: z.strictObject({
      method: z.string().check(z.minLength(1), z.maxLength(100)),
      /** All of them: those with a default value are left out of the file. */
      parameters: z.record(z.string(), z.union([z.number(), z.string()])),
      layer: z.string().check(z.minLength(1), z.maxLength(4000)),
    }),
    progress: none,
    result: z.object({
      /** False where the editor had unsaved changes of the person's own: those are left to them. */
      written: z.boolean(),
    }),
  },
  /** A map of the run's network, at its input size. */
  networkMap: { params: z.strictObject({ run: path }), progress: none, result: networkMapSchema },
  /** What the page's buttons do in VS Code. */
  run: { params: z.strictObject({ action }), progress: none, result: nothing },
};

/** What the extension tells every page. */
export const runPanelEvents = { view: panelViewSchema };

/** What every panel's side of the contract has. */
export interface RunPanelHost extends Contract {
  readonly requests: Contract['requests'] & typeof runPanelRequests;
  readonly events: Contract['events'] & typeof runPanelEvents;
}

export const exportKind = z.enum(['png', 'csv']);
export type ExportKind = z.output<typeof exportKind>;

/** What is exported. */
const exported = z.strictObject({ kind: exportKind });

/** Asks where, has the page draw it, and saves it; null where the person decides against it. */
export function saveRequest<What extends z.ZodMiniType>(what: What) {
  return { params: what, progress: none, result: z.object({ saved: z.nullable(z.string()) }) };
}

/** The page draws it: a figure as PNG, or numbers as CSV in UTF-8. */
export function renderRequest<What extends z.ZodMiniType>(what: What) {
  return { params: what, progress: none, result: z.object({ bytes: z.instanceof(Uint8Array) }) };
}

/** Of a page that has one thing to export. */
export const save = saveRequest(exported);
export const render = renderRequest(exported);

/** Image files in place of the study's images: asked for in a dialog, or the study's again. */
export const chooseFiles = {
  params: z.strictObject({ files: z.enum(['ask', 'study']) }),
  progress: none,
  result: nothing,
};

/** Shows images of the data set in the heatmap panel, at all checkpoints. */
export const openHeatmaps = {
  params: z.strictObject({ images: z.array(setImageSchema).check(z.minLength(1), z.maxLength(1000)) }),
  progress: none,
  result: nothing,
};
