/** The request for how far explanation methods agree over epochs, and its answer. */
import * as z from 'zod/mini';
import { count, index, path } from '../../common/schemas';
import { measuredAgreement } from '../../measures/agreement/numbers';
import { explanationParams } from '../heatmaps/schema';
import { explainedImageSchema, imageReferenceSchema } from '../images/schema';

/** A method's id, and those of its parameters that differ from the defaults. */
const methodChoiceSchema = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(100)),
  parameters: explanationParams.parameters,
});

const agreementSchema = z.object({
  ...measuredAgreement,
  target: z.enum(['predicted', 'label']),
  /** In the order of the request; of those that are usable the numbers are. */
  images: z.array(explainedImageSchema),
  /** How many heatmaps were not there, and were not asked to be computed. */
  missing: index,
});
export type Agreement = z.output<typeof agreementSchema>;

/** Kept in the run folder, a checkpoint's numbers of two methods each. Progress counts heatmaps. */
export const agreementRequest = {
  params: z.strictObject({
    run: path,
    epochs: z.array(index).check(z.minLength(1), z.maxLength(1000)),
    images: z.array(imageReferenceSchema).check(z.minLength(1), z.maxLength(1000)),
    /** Each once with the same parameters. */
    methods: z.array(methodChoiceSchema).check(z.minLength(2), z.maxLength(20)),
    /** Of the layer's methods. */
    layer: explanationParams.layer,
    /** Whose maps: each checkpoint's own prediction's, or the label's, where a file's is the prediction's. */
    target: z.enum(['predicted', 'label']),
    /** Absent: true. Where it is false, what is kept and no more. */
    compute: z.optional(z.boolean()),
  }),
  progress: count,
  result: agreementSchema,
};
