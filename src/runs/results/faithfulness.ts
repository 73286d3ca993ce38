/** Kept values of faithfulness: a .json file for each score of some images by one kind of map at a checkpoint. */
import * as z from 'zod';
import { cleanValuesSchema, scoredValuesSchema } from '../../measures/faithfulness/values';
import { jsonResults } from './results';
import { explanationKeySchema } from './heatmaps';

/** Another number whenever the same inputs come to mean other values. */
export const FAITHFULNESS_METHOD = 'faithfulness 1';

/** Whose maps are scored. Absent of the images as they are. */
const subjectSchema = z.union([
  z.object({
    explanation: explanationKeySchema.unwrap(),
    layer: z.string(),
    /** sha256 of the checkpoint whose maps they are, where that is another: the untrained one's. */
    mapsOf: z.string().optional(),
  }),
  z.object({ control: z.enum(['random', 'blob', 'edge']), height: z.number(), width: z.number() }),
]);

/** All that they depend on. */
export const faithfulnessInputsSchema = z.object({
  architecture: z.string(),
  /** How pixels become the network's input. */
  input: z.unknown(),
  /** sha256 of the checkpoint's file, and of pixels, labels and masks in their order, in hexadecimal. */
  checkpoint: z.string(),
  images: z.string(),
  /** Whose map and probability: of the predicted class, the label, or one by its number. */
  target: z.union([z.enum(['predicted', 'label']), z.number()]),
  subject: subjectSchema.optional(),
  score: z.string(),
  /** Of what is drawn. */
  seed: z.number(),
  /** Of ROAD, the deviation of the noise as a share of the pixels' range. */
  noise: z.number().optional(),
});
export type FaithfulnessInputs = z.output<typeof faithfulnessInputsSchema>;

const valuesSchema = z.union([cleanValuesSchema, scoredValuesSchema]);
export type FaithfulnessValues = z.output<typeof valuesSchema>;

export const faithfulnessResults = jsonResults('faithfulness', valuesSchema, (inputs: FaithfulnessInputs) => ({
  ...inputs,
  method: FAITHFULNESS_METHOD,
}));
