/** Perturbation tests, and the look at some images under them. */
import { z } from 'zod';
import { measuredSchema } from './measured';
import { count, explainedImageSchema, floats, imageReferenceSchema, index, path, pictureSchema } from './values';

const epochs = z.array(index).min(1).max(1000);

/** Whose perturbations: a study file's as it is on disk, or else those of the study that the run was trained by. */
const entriesOf = {
  run: path,
  study: path.optional(),
  /** Places in the study's list, from 0; all when absent. */
  entries: z.array(index).optional(),
};

const entrySchema = z.object({
  /** The place in the study's list, from 0. */
  entry: index,
  /** In few words: "gaussianNoise 0.1". */
  title: z.string(),
  kind: z.string(),
  rounds: z.int().min(1),
  /** Whether anything is expected of it: else no checkpoint can fail. */
  expects: z.boolean(),
});
export type RobustnessEntry = z.output<typeof entrySchema>;

const resultSchema = z.object({
  kind: z.literal('result'),
  entry: index,
  epoch: index,
  /**
   * Kept: computed before, from just this. Computed: now. Stale: what this entry was before it, its weights or its data
   * changed; the last that is known, to show as outdated. Where it is computed anew, the result comes later.
   */
  state: z.enum(['kept', 'computed', 'stale']),
  measured: measuredSchema,
  /** What of the entry's expectations is missed, a text each; of a stale result nothing is judged. */
  misses: z.array(z.string()),
  /** Of a stale result: what it was computed from, as the entry's title, and in what else it differed: a seed, the weights. */
  was: z.string().optional(),
});
export type RobustnessResultMessage = z.output<typeof resultSchema>;

const robustnessProgressSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), entries: z.array(entrySchema) }),
  resultSchema,
  /** Perturbed images that were looked at, of those that have to be. */
  z.object({ kind: z.literal('count'), ...count.shape }),
]);
export type RobustnessProgress = z.output<typeof robustnessProgressSchema>;

const known = z.number().nullable();
/** Null where a map is flat, or too small for it. */
const similaritySchema = z.object({ spearman: known, pearson: known, ssim: known, topOverlap: known });
export type SimilarityValues = z.output<typeof similaritySchema>;

const perturbedProgressSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    /** In the order of the request; what is not usable is left out below. */
    images: z.array(explainedImageSchema),
    entries: z.array(entrySchema),
    classNames: z.array(z.string()),
    layer: z.object({ name: z.string(), height: index, width: index }),
  }),
  /** What a round makes of an image, for all checkpoints alike: rounded to bytes to be shown, but not to be looked at. */
  z.object({
    kind: z.literal('picture'),
    image: index,
    entry: index,
    round: index,
    picture: pictureSchema,
    /** What was drawn: in few words, empty where the picture alone says it, and by name. */
    drawn: z.object({ text: z.string(), parameters: z.record(z.string(), z.number()) }),
  }),
  /** A checkpoint's view of a clean image. */
  z.object({
    kind: z.literal('clean'),
    image: index,
    epoch: index,
    /** Softmax, [classes]. */
    probabilities: floats,
    predicted: index,
    /** Raw Grad-CAM of the predicted class, [height · width]. */
    map: floats,
  }),
  /** A checkpoint's view of a perturbed image. */
  z.object({
    kind: z.literal('perturbed'),
    image: index,
    entry: index,
    round: index,
    epoch: index,
    probabilities: floats,
    predicted: index,
    /** Raw Grad-CAM of the class that the clean image is taken for, [height · width]. */
    map: floats,
    /** With the clean image's map, over which a moved one is brought back first; what was lost is masked. */
    similarity: similaritySchema,
    /** p_clean − p_perturbed of the clean prediction, and of the label where it is known. */
    drop: z.object({ ofPrediction: z.number(), ofLabel: z.number().nullable() }),
    done: index,
    of: index,
  }),
]);
export type PerturbedProgress = z.output<typeof perturbedProgressSchema>;

export const robustnessRequests = {
  /** Each entry at each checkpoint. Kept in the run folder. Without `compute`, what is kept or stale and no more. */
  robustness: {
    params: z.strictObject({
      ...entriesOf,
      epochs,
      compute: z.boolean(),
      /** Whether results carry numbers of each image, which are most of what is sent. */
      perImage: z.boolean().optional(),
    }),
    progress: robustnessProgressSchema,
    result: z.object({
      kept: index,
      computed: index,
      /** What is not there, or stale, and was not asked to be computed. */
      missing: z.array(z.object({ entry: index, epoch: index })),
      milliseconds: z.number(),
    }),
  },
  /**
   * Some images under each entry's rounds at each checkpoint, to look at. A study without perturbations is looked at
   * under the published ones: noise of 0.1, rotation of ±30°, 20 occluded pixels, three rounds each. A test image is
   * perturbed as in the tests. A file is brought to the model's input first and perturbed at that size, where a
   * pixel is a smaller part of the picture than in a 32×32 image. Kept in the run folder.
   */
  perturbed: {
    params: z.strictObject({
      ...entriesOf,
      epochs,
      images: z.array(imageReferenceSchema).min(1).max(100),
      /** Only the first so many of each entry's. */
      rounds: z.int().min(1).optional(),
      layer: z.string().min(1).max(200),
    }),
    progress: perturbedProgressSchema,
    result: z.object({ milliseconds: z.number() }),
  },
};
