/** What a panel bound to runs is of, and what there is of it to show. */
import * as z from 'zod/mini';
import { imageReferenceSchema, setName } from '../computations/images/schema';
import { index } from '../common/schemas';
import { COLOUR_MAP_NAMES } from '../imaging/colourMaps';

const path = z.string().check(z.minLength(1), z.maxLength(4096));

export const setImageSchema = z.strictObject({ set: setName, index });
export type SetImage = z.output<typeof setImageSchema>;

/** Which images: those that the study names, image files, or some of the data set in place of the study's. */
const panelImagesSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('study') }),
  z.strictObject({ of: z.literal('files'), paths: z.array(path).check(z.maxLength(1000)) }),
  z.strictObject({ of: z.literal('dataset'), images: z.array(setImageSchema).check(z.maxLength(1000)) }),
]);
export type PanelImages = z.output<typeof panelImagesSchema>;

/** What a panel is of. The page keeps it in its state, so that the panel comes back after the window is reloaded. */
export const panelSourceSchema = z.strictObject({
  studyFile: z.nullable(path),
  /** Null is the study's newest run, also when a newer one starts. */
  run: z.nullable(path),
  images: panelImagesSchema,
  /** Shows the study file that has the focus, whichever it is. */
  follows: z.boolean(),
});
export type PanelSource = z.output<typeof panelSourceSchema>;

/** What a colour stands for: a share of the range of its own map, of its row, or of all maps shown. */
export const HEATMAP_SCALES = ['image', 'row', 'shared'] as const;

/** How heatmaps look where a panel says nothing else: the person's settings. */
export const appearanceDefaultsSchema = z.object({
  opacity: z.number().check(z.minimum(0), z.maximum(1)),
  colourMap: z.enum(COLOUR_MAP_NAMES),
  scale: z.enum(HEATMAP_SCALES),
});
export type AppearanceDefaults = z.output<typeof appearanceDefaultsSchema>;

const checkpointSchema = z.object({
  epoch: index,
  /** In per cent, as measured here; null where it was not. */
  testAccuracy: z.nullable(z.number()),
  /** In per cent, what the file claims that it was imported from; null where it claims nothing. */
  claimedAccuracy: z.nullable(z.number()),
  /** Whether the action "measure" can find out the accuracy: it was imported, and is not measured. */
  measurable: z.boolean(),
  /** See `CheckpointWeights`. */
  weights: z.enum(['untrained', 'beforeTraining', 'trained']),
  /** "Epoch 3"; "Checkpoint" of an imported file alone, of which nothing says the epoch. */
  name: z.string(),
});
export type CheckpointInfo = z.output<typeof checkpointSchema>;

const layerSchema = z.object({
  name: z.string(),
  channels: index,
  height: index,
  width: index,
  /** Other modules whose output is the same. */
  aliases: z.array(z.string()),
  /** Of a map of tokens, how many of them have no position and are left aside: a class token, registers; null else. */
  tokens: z.nullable(index),
  /** Whether average pooling and a linear layer follow it, so that some methods need no gradient, and coincide. */
  closedForm: z.boolean(),
});

/** The tab's, for a person. */
const title = z.string();

const runViewSchema = z.object({
  kind: z.literal('run'),
  title,
  source: panelSourceSchema,
  studyName: z.string(),
  /** How the run is called in a title: by its study, and its own name where it has one. */
  name: z.string(),
  run: path,
  /** The study's runs, the newest first. */
  runs: z.array(z.object({ folder: path, text: z.string() })),
  training: z.boolean(),
  /** With what other settings it was made than its study has now, as a sentence; null where they are the same. */
  otherSettings: z.nullable(z.string()),
  classNames: z.array(z.string()),
  checkpoints: z.array(checkpointSchema),
  /** The epochs that the study asks for; null is all. */
  studyEpochs: z.nullable(z.array(index)),
  layers: z.array(layerSchema),
  /** The name of the one that is explained where nothing is said. */
  defaultLayer: z.string(),
  /** The name of the layer that the study asks for. */
  studyLayer: z.string(),
  /** The id of the explanation method that the study asks for. */
  studyMethod: z.string(),
  /** Those of its parameters that the study sets. */
  studyParameters: z.record(z.string(), z.union([z.number(), z.string()])),
  /** The network's, in pixels a side. */
  inputSize: index,
  images: z.array(imageReferenceSchema),
  /** The training's. */
  seed: index,
  /** Whether the workspace is trusted: else nothing is trained or tested. */
  trusted: z.boolean(),
  appearance: appearanceDefaultsSchema,
});
export type RunView = z.output<typeof runViewSchema>;
export type LayerInfo = RunView['layers'][number];

const emptyViewSchema = z.object({
  kind: z.literal('empty'),
  title,
  source: panelSourceSchema,
  /**
   * Why there is nothing to show. noStudy: there is none; noRun: the study was never
   * trained; waiting: its training has no checkpoint yet; noCheckpoint: it ended without one; damaged: the run cannot
   * be read.
   */
  reason: z.enum(['noStudy', 'noRun', 'waiting', 'noCheckpoint', 'damaged']),
  studyName: z.nullable(z.string()),
  /** Why it is damaged, or failed. */
  problem: z.nullable(z.string()),
});
export type EmptyView = z.output<typeof emptyViewSchema>;

/** The run or the images could not be found out. */
const failedViewSchema = z.object({
  kind: z.literal('failed'),
  title,
  source: panelSourceSchema,
  message: z.string(),
});

export const panelViewSchema = z.discriminatedUnion('kind', [runViewSchema, emptyViewSchema, failedViewSchema]);
export type PanelView = z.output<typeof panelViewSchema>;
