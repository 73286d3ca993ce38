/** Kept values of where relevance lies: a .json file for each method at each checkpoint and choice of images. */
import * as z from 'zod';
import { LOCALISATION_MEASURES, type MeasureKey } from '../../measures/localisation/measures';
import { explanationKeySchema } from './heatmaps';
import { jsonResults } from './results';

/** Another number whenever the same inputs come to mean other values. */
export const LOCALISATION_METHOD = 'localisation 1';

/** All that they depend on. */
export const localisationInputsSchema = z.object({
  architecture: z.string(),
  explanation: explanationKeySchema.unwrap(),
  layer: z.string(),
  /** How pixels become the network's input. */
  input: z.unknown(),
  /** sha256 of the checkpoint's file, and of pixels, labels and masks in their order, in hexadecimal. */
  checkpoint: z.string(),
  images: z.string(),
  /** Whose map. */
  target: z.enum(['predicted', 'label']),
});
export type LocalisationInputs = z.output<typeof localisationInputsSchema>;

const keys = LOCALISATION_MEASURES.map(({ key }) => key) as [MeasureKey, ...MeasureKey[]];

/** Of each measure a value an image, in their order. */
export const localisationValuesSchema = z.record(z.enum(keys), z.array(z.number().nullable()));
export type LocalisationValues = z.output<typeof localisationValuesSchema>;

export const localisationResults = jsonResults(
  'localisation',
  localisationValuesSchema,
  (inputs: LocalisationInputs) => ({ ...inputs, method: LOCALISATION_METHOD }),
);
