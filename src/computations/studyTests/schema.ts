/** The request for the tests of a study's measurements (faithfulness, calibration, …), and its answers. */
import * as z from 'zod/mini';
import { foundScoreSchema } from '../../measures/expectations/found';
import { STUDY_KEYS } from '../../measures/expectations/studies';
import { count, index, path } from '../../common/schemas';
import { epochsSchema } from '../robustness/schema';

const studyKey = z.enum(STUDY_KEYS);

const resultSchema = z.object({
  kind: z.literal('result'),
  study: studyKey,
  epoch: index,
  state: z.enum(['kept', 'computed']),
  scores: z.array(foundScoreSchema),
  /** What of the study's limits is missed, or cannot be decided. */
  misses: z.array(z.object({ text: z.string(), actual: z.string(), expected: z.string() })),
});
export type StudyTestResult = z.output<typeof resultSchema>;

const progressSchema = z.discriminatedUnion('kind', [
  resultSchema,
  /** What went through the network, of what has to, of one study after the other. */
  z.object({ kind: z.literal('count'), ...count.shape }),
]);
export type StudyTestProgress = z.output<typeof progressSchema>;

/** Each measurement that the study asks for at each checkpoint. Without `compute`, what is kept and no more. */
export const studyTestsRequest = {
  params: z.strictObject({
    run: path,
    epochs: epochsSchema,
    /** All that the study asks for when absent. */
    studies: z.optional(z.array(studyKey)),
    compute: z.boolean(),
  }),
  progress: progressSchema,
  result: z.object({ kept: index, computed: index, milliseconds: z.number() }),
};
