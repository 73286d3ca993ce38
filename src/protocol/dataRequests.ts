/** What the engine process answers about images, without the engine. */
import * as z from 'zod/mini';
import { bytes, classIndices, index, path } from '../common/schemas';
import { imageReferenceSchema, setName } from '../computations/images/schema';

/** Where images are from: what a run was trained on, what a study file names, or one batch file of CIFAR-10 or CIFAR-100. */
export const dataSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run'), folder: path }),
  z.strictObject({ kind: z.literal('study'), file: path }),
  z.strictObject({ kind: z.literal('batch'), file: path }),
]);
export type DataSource = z.output<typeof dataSourceSchema>;

const setInfoSchema = z.object({
  count: index,
  height: index,
  width: index,
  /** The classes' numbers, [count]. */
  labels: classIndices,
});
export type SetInfo = z.output<typeof setInfoSchema>;

const none = z.never();

export const dataRequests = {
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
    params: z.strictObject({
      source: dataSourceSchema,
      set: setName,
      indices: z.array(index).check(z.maxLength(4096)),
      /** Larger images are made smaller, to so many pixels of their longer side. */
      longestSide: z.optional(z.int().check(z.gte(1))),
    }),
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
};
