/** What the heatmap panel's page and the extension ask of each other. */
import { z } from 'zod';
import type { Contract } from './contract';
import { engineContract, imageReferenceSchema } from './engine';

const index = z.int().min(0);
const path = z.string().min(1).max(4096);

/** What a panel is of. The page keeps it in its state, so that the panel comes back after the window is reloaded. */
export const panelSourceSchema = z.strictObject({
  studyFile: path.nullable(),
  /** Null is the study's newest run, also when a newer one starts. */
  run: path.nullable(),
  /** Image files; null is the images that the study names. */
  files: z.array(path).max(1000).nullable(),
  /** Images of the data set in place of the study's. */
  images: z
    .array(z.strictObject({ kind: z.literal('set'), set: z.enum(['test', 'train']), index }))
    .max(1000)
    .optional(),
  /** Shows the study file that has the focus, whichever it is. */
  follows: z.boolean(),
});
export type PanelSource = z.output<typeof panelSourceSchema>;

const checkpointSchema = z.object({
  epoch: index,
  /** In per cent; null where it was not measured. */
  testAccuracy: z.number().nullable(),
});
export type CheckpointInfo = z.output<typeof checkpointSchema>;

const layerSchema = z.object({ name: z.string(), height: index, width: index });
export type LayerInfo = z.output<typeof layerSchema>;

export const runViewSchema = z.object({
  kind: z.literal('run'),
  source: panelSourceSchema,
  studyName: z.string(),
  run: path,
  /** The study's runs, the newest first. */
  runs: z.array(z.object({ folder: path, text: z.string() })),
  training: z.boolean(),
  classNames: z.array(z.string()),
  checkpoints: z.array(checkpointSchema),
  /** The epochs that the study asks for; null is all. */
  studyEpochs: z.array(index).nullable(),
  layers: z.array(layerSchema),
  /** The name of the layer that the study asks for. */
  studyLayer: z.string(),
  images: z.array(imageReferenceSchema),
  /** The training's. */
  seed: index,
});
export type RunView = z.output<typeof runViewSchema>;

export const emptyViewSchema = z.object({
  kind: z.literal('empty'),
  source: panelSourceSchema,
  /**
   * Why there is nothing to show. noStudy: there is none; noRun: the study was never
   * trained; waiting: its training has no checkpoint yet; noCheckpoint: it ended without one; damaged: the run cannot
   * be read.
   */
  reason: z.enum(['noStudy', 'noRun', 'waiting', 'noCheckpoint', 'damaged']),
  studyName: z.string().nullable(),
  /** Why it is damaged, or failed. */
  problem: z.string().nullable(),
});
export type EmptyView = z.output<typeof emptyViewSchema>;

/** The run or the images could not be found out. */
export const failedViewSchema = z.object({ kind: z.literal('failed'), source: panelSourceSchema, message: z.string() });

export const heatmapViewSchema = z.discriminatedUnion('kind', [runViewSchema, emptyViewSchema, failedViewSchema]);
export type HeatmapView = z.output<typeof heatmapViewSchema>;

/** What the panel is called. */
export function panelTitle(view: HeatmapView): string {
  if (view.kind !== 'run') return 'Heatmaps';
  const { files, images } = view.source;
  if (images !== undefined) {
    const [first] = images;
    return `Grad-CAM: ${first !== undefined && images.length === 1 ? `${first.set} ${first.index}` : `${images.length} images`}`;
  }
  if (files === null) return `Heatmaps: ${view.studyName}`;
  const name = files.length === 1 ? (files[0]?.split(/[\\/]/).at(-1) ?? '') : `${files.length} images`;
  return `Grad-CAM: ${name}`;
}

const exportKind = z.enum(['png', 'csv']);
export type ExportKind = z.output<typeof exportKind>;

const none = z.never();
const nothing = z.null();

/** What the extension answers and tells the page. */
export const heatmapHostContract = {
  requests: {
    view: { params: z.strictObject({}), progress: none, result: heatmapViewSchema },
    /** As the engine's own, for the run that the panel shows. */
    explain: engineContract.requests.explain,
    /** Another run, null for the newest; whether to follow the focus. The new view comes as an event. */
    choose: {
      params: z.strictObject({ run: path.nullable().optional(), follows: z.boolean().optional() }),
      progress: none,
      result: nothing,
    },
    /** Image files in place of the study's images: asked for in a dialog, or null for the study's again. */
    chooseFiles: { params: z.strictObject({ files: z.enum(['ask', 'study']) }), progress: none, result: nothing },
    /** Asks where, has the page draw it, and saves it; null where the person decides against it. */
    save: {
      params: z.strictObject({ kind: exportKind }),
      progress: none,
      result: z.object({ saved: z.string().nullable() }),
    },
    /** What the page's buttons do in VS Code. */
    run: {
      params: z.strictObject({
        action: z.enum(['createStudy', 'train', 'openGallery', 'openLog', 'showOutput', 'openStudy']),
      }),
      progress: none,
      result: nothing,
    },
  },
  events: { view: heatmapViewSchema },
} satisfies Contract;
export type HeatmapHostContract = typeof heatmapHostContract;

/** What the page answers. */
export const heatmapPageContract = {
  requests: {
    /** The whole figure as PNG, or the raw values as CSV in UTF-8. */
    render: {
      params: z.strictObject({ kind: exportKind }),
      progress: none,
      result: z.object({ bytes: z.instanceof(Uint8Array) }),
    },
    /** Puts the figure on the clipboard. Fails with what to do where the browser does not let it. */
    copy: { params: z.strictObject({}), progress: none, result: nothing },
    /** Computes again what failed, or what has changed on disk. */
    refresh: { params: z.strictObject({}), progress: none, result: nothing },
  },
  events: {},
} satisfies Contract;
export type HeatmapPageContract = typeof heatmapPageContract;
