/** The request for some images under perturbations, and its answers. */
import * as z from 'zod/mini';
import { floats, index } from '../../common/schemas';
import { ofEachSimilarity } from '../../measures/similarity';
import { explanationParams, madeExplanation } from '../heatmaps/schema';
import { explainedImageSchema, imageReferenceSchema, pictureSchema } from '../images/schema';
import { entriesOf, entrySchema, epochsSchema } from '../robustness/schema';

const known = z.nullable(z.number());
/** Null where a map is flat, or too small for it. */
const similaritySchema = z.object(ofEachSimilarity(() => known));
export type SimilarityValues = z.output<typeof similaritySchema>;

const perturbedProgressSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    /** In the order of the request; what is not usable is left out below. */
    images: z.array(explainedImageSchema),
    entries: z.array(entrySchema),
    classNames: z.array(z.string()),
    ...madeExplanation,
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
    /** The raw map of the predicted class, [height · width]. */
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
    /** The raw map of the class that the clean image is taken for, [height · width]. */
    map: floats,
    /** With the clean image's map, over which a moved one is brought back first; what was lost is masked. */
    similarity: similaritySchema,
    /** p_clean − p_perturbed of the clean prediction, and of the label where it is known. */
    drop: z.object({ ofPrediction: z.number(), ofLabel: z.nullable(z.number()) }),
    done: index,
    of: index,
  }),
]);
export type PerturbedProgress = z.output<typeof perturbedProgressSchema>;

/**
 * Some images under each entry's rounds at each checkpoint, to look at. A study without perturbations is looked at
 * under the published ones: noise of 0.1, rotation of ±30°, 20 occluded pixels, three rounds each. A test image is
 * perturbed as in the tests. A file is resized to the model's input size first and perturbed at that size, where a
 * pixel is a smaller part of the picture than in a 32×32 image. Kept in the run folder.
 */
export const perturbedRequest = {
  params: z.strictObject({
    ...entriesOf,
    epochs: epochsSchema,
    images: z.array(imageReferenceSchema).check(z.minLength(1), z.maxLength(100)),
    /** Only the first so many of each entry's. */
    rounds: z.optional(z.int().check(z.gte(1))),
    ...explanationParams,
  }),
  progress: perturbedProgressSchema,
  result: z.object({ milliseconds: z.number() }),
};
