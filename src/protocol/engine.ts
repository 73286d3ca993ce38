/** What the engine process answers. Raw numbers travel; colours, opacity and scaling are the viewer's. */
import { z } from 'zod';
import { attentionRequests } from './drift';
import type { Contract } from './contract';
import { robustnessRequests } from './robustness';
import { bytes, count, floats, index, path } from '../common/schemas';
import { dataSourceSchema, explainedImageSchema, imageReferenceSchema, setName } from './values';

export type { DataSource, ExplainedImage, ImageReference, Picture, SetName } from './values';

/** Before the first numbers: what they will be of. */
const explainStartSchema = z.object({
  kind: z.literal('start'),
  /** In the order of the request. */
  images: z.array(explainedImageSchema),
  classNames: z.array(z.string()),
  /** The layer that was meant, by its own name, and its map's size. */
  layer: z.object({ name: z.string(), height: index, width: index }),
});

/** What one checkpoint makes of some of the images. Kept results come first, those of all checkpoints at once. */
const explainMapsSchema = z.object({
  kind: z.literal('maps'),
  epoch: index,
  /** Positions in the request's images, in the order of the rows below. */
  images: z.array(index),
  /** [images, classes] */
  logits: floats,
  /** Raw, before any scaling, [images, classes, height, width]. */
  maps: floats,
  /** How many heatmaps, images × checkpoints, are there now, and of how many. */
  done: index,
  of: index,
});
export type ExplainMaps = z.output<typeof explainMapsSchema>;

const explainProgressSchema = z.discriminatedUnion('kind', [explainStartSchema, explainMapsSchema]);
export type ExplainStart = z.output<typeof explainStartSchema>;
export type ExplainProgress = z.output<typeof explainProgressSchema>;

const startedEngineSchema = z.object({
  name: z.string(),
  /** Such as "TensorFlow 2.21.0". */
  version: z.string(),
  /** "CPU" or the graphics card's name. */
  device: z.string(),
  /** Why this one was taken, for a person to read. */
  reason: z.string(),
});
export type StartedEngine = z.output<typeof startedEngineSchema>;

const engineReportSchema = z.discriminatedUnion('usable', [
  z.object({
    name: z.string(),
    usable: z.literal(true),
    version: z.string(),
    device: z.string(),
    selfTestMilliseconds: z.number(),
  }),
  z.object({ name: z.string(), usable: z.literal(false), reason: z.string(), advice: z.string().optional() }),
]);
export type EngineReport = z.output<typeof engineReportSchema>;

const setInfoSchema = z.object({
  count: index,
  height: index,
  width: index,
  /** The classes' numbers, [count]. */
  labels: bytes,
});
export type SetInfo = z.output<typeof setInfoSchema>;

const none = z.never();

export const engineContract = {
  requests: {
    /** Starts the engine, if it is not yet, and says which one it is. */
    engine: { params: z.strictObject({}), progress: none, result: startedEngineSchema },
    /** What engines this machine has, each tried. */
    engines: { params: z.strictObject({}), progress: none, result: z.array(engineReportSchema) },
    /** A set that a source does not have has a count of 0: a batch file is one set only. */
    dataset: {
      params: z.strictObject({ source: dataSourceSchema }),
      progress: none,
      result: z.object({
        classNames: z.array(z.string()),
        /** For a person: "8,068 training and 1,017 test images from FOLDER". */
        description: z.string(),
        sets: z.object({ test: setInfoSchema, train: setInfoSchema }),
      }),
    },
    /** Some images' pixels, in the order asked for. */
    pixels: {
      params: z.strictObject({ source: dataSourceSchema, set: setName, indices: z.array(index).max(4096) }),
      progress: none,
      result: z.object({
        height: index,
        width: index,
        /** RGB, 0 … 255, [indices, height, width, 3]. */
        pixels: bytes,
      }),
    },
    /** The images that a study file, or the study a run was trained by, names; so many at random are drawn. */
    studyImages: {
      params: z.strictObject({ source: dataSourceSchema }),
      progress: none,
      result: z.array(imageReferenceSchema),
    },
    /** What a checkpoint takes each image of a set for. Kept in the run folder. Progress counts images. */
    predictions: {
      params: z.strictObject({ run: path, epoch: index, set: setName }),
      progress: count,
      result: z.object({
        /** [images], a class's number each. */
        predictions: bytes,
        labels: bytes,
        correct: index,
        /** Whether they were there already. */
        kept: z.boolean(),
      }),
    },
    /** Grad-CAM for every class of images at checkpoints of a run. Kept in the run folder. */
    explain: {
      params: z.strictObject({
        run: path,
        epochs: z.array(index).min(1).max(1000),
        images: z.array(imageReferenceSchema).min(1).max(1000),
        /** A stage's or a stage group's name, or "auto": the last one. */
        layer: z.string().min(1).max(200),
      }),
      progress: explainProgressSchema,
      result: z.object({
        /** How many heatmaps, images × checkpoints, were there already, and how many were computed. */
        kept: index,
        computed: index,
        milliseconds: z.number(),
      }),
    },
    ...robustnessRequests,
    ...attentionRequests,
  },
  events: {
    /** The engine was started, as the first computation needed it. */
    started: startedEngineSchema,
  },
} satisfies Contract;
export type EngineContract = typeof engineContract;

/** The extension answers nothing to the engine, and tells it nothing. */
export const engineClientContract = { requests: {}, events: {} } satisfies Contract;
export type EngineClientContract = typeof engineClientContract;
