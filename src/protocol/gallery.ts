/** What the gallery's page and the extension ask of each other. */
import * as z from 'zod/mini';
import { predictionsRequest } from '../computations/predictions/schema';
import type { Contract } from './contract';
import { dataRequests } from './dataRequests';
import { inTurn } from './inTurn';

const index = z.int().check(z.gte(0));
const path = z.string().check(z.minLength(1), z.maxLength(4096));
const setName = z.enum(['test', 'train']);

/** Indices of both sets, ascending. */
const chosenSchema = z.object({
  test: z.array(index).check(z.maxLength(1_000_000)),
  train: z.array(index).check(z.maxLength(1_000_000)),
});
export type ChosenImages = z.output<typeof chosenSchema>;

/** What the study file names. */
const studyImagesSchema = z.object({
  images: chosenSchema,
  /** So many at random, which are the ones in `images`; null where they are named. */
  random: z.nullable(index),
});
export type StudyImages = z.output<typeof studyImagesSchema>;

const runSchema = z.object({
  folder: path,
  text: z.string(),
  /** In per cent; null where it was not measured. */
  checkpoints: z.array(z.object({ epoch: index, testAccuracy: z.nullable(z.number()) })),
});
export type GalleryRun = z.output<typeof runSchema>;

const readyViewSchema = z.object({
  kind: z.literal('ready'),
  /** The page keeps it, so that the panel comes back after the window is reloaded. */
  file: path,
  /** The file's name. */
  name: z.string(),
  dataset: dataRequests.dataset.result,
  /** Null for a batch file: nothing can be chosen there. */
  study: z.nullable(studyImagesSchema),
  /** Runs with checkpoints, the newest first. */
  runs: z.array(runSchema),
});
export type ReadyGallery = z.output<typeof readyViewSchema>;

const action = z.enum(['openFile', 'train', 'showOutput', 'manageTrust', 'refresh']);
export type GalleryAction = z.output<typeof action>;

const failedViewSchema = z.object({
  kind: z.literal('failed'),
  file: path,
  title: z.string(),
  message: z.string(),
  /** What can be done, the obvious first. */
  actions: z.array(action),
});
export type FailedGallery = z.output<typeof failedViewSchema>;

export const galleryViewSchema = z.discriminatedUnion('kind', [readyViewSchema, failedViewSchema]);
export type GalleryView = z.output<typeof galleryViewSchema>;

/** What the page keeps in its state about what it is of; the rest of it is the page's own. */
export const galleryStateSchema = z.looseObject({ file: path });

const none = z.never();
const nothing = z.null();

/** What the extension answers and tells the page. */
export const galleryHostContract = {
  requests: {
    view: { params: z.strictObject({}), progress: none, result: galleryViewSchema },
    pixels: {
      params: z.strictObject({
        set: setName,
        indices: z.array(index).check(z.minLength(1), z.maxLength(1024)),
        longestSide: dataRequests.pixels.params.shape.longestSide,
      }),
      progress: none,
      result: dataRequests.pixels.result,
    },
    /** As the engine's own. */
    predictions: inTurn(predictionsRequest),
    /** Writes explain.images of the study file. */
    save: {
      params: z.strictObject({ images: chosenSchema }),
      progress: none,
      result: z.object({
        /** False where the editor had unsaved changes of the person's own: those are left to them. */
        written: z.boolean(),
      }),
    },
    showHeatmaps: { params: z.strictObject({}), progress: none, result: nothing },
    run: { params: z.strictObject({ action }), progress: none, result: nothing },
  },
  events: {
    /** The data set is another one, or is there now, or is not any more. */
    view: galleryViewSchema,
    /** The study file names other images. */
    study: studyImagesSchema,
    runs: z.array(runSchema),
  },
} satisfies Contract;
export type GalleryHostContract = typeof galleryHostContract;

/** The page answers nothing. */
export const galleryPageContract = { requests: {}, events: {} } satisfies Contract;
export type GalleryPageContract = typeof galleryPageContract;
