/** The request for how heatmaps move over epochs, and its answer. */
import * as z from 'zod/mini';
import { count, index, path } from '../../common/schemas';
import { attentionTrackSchema, measuredAttention } from '../../measures/drift/numbers';
import { explanationParams, madeExplanation } from '../heatmaps/schema';
import { explainedImageSchema, imageReferenceSchema } from '../images/schema';

const attentionImageSchema = z.extend(attentionTrackSchema, { image: explainedImageSchema });
export type AttentionImage = z.output<typeof attentionImageSchema>;

const attentionSchema = z.object({
  ...measuredAttention,
  ...madeExplanation,
  target: z.enum(['predicted', 'label']),
  classNames: z.array(z.string()),
  /** In the order of the request. */
  images: z.array(attentionImageSchema),
});
export type Attention = z.output<typeof attentionSchema>;

/** Kept in the run folder. Progress counts heatmaps. */
export const attentionRequest = {
  params: z.strictObject({
    run: path,
    epochs: z.array(index).check(z.minLength(2), z.maxLength(1000)),
    images: z.array(imageReferenceSchema).check(z.minLength(1), z.maxLength(1000)),
    ...explanationParams,
    /** Whose heatmap: each checkpoint's own prediction's, or the label's, where a file's is the last prediction's. */
    target: z.enum(['predicted', 'label']),
  }),
  progress: count,
  result: attentionSchema,
};
