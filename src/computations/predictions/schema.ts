/** The request for what a checkpoint predicts of a whole set, and its answer. */
import * as z from 'zod/mini';
import { classIndices, count, index, path } from '../../common/schemas';
import { setName } from '../images/schema';

/** What a checkpoint takes each image of a set for. Kept in the run folder. Progress counts images. */
export const predictionsRequest = {
  params: z.strictObject({ run: path, epoch: index, set: setName }),
  progress: count,
  result: z.object({
    /** [images], a class's number each. */
    predictions: classIndices,
    labels: classIndices,
    correct: index,
    /** Whether they were there already. */
    kept: z.boolean(),
  }),
};
