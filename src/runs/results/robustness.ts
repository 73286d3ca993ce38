/** Kept tests of robustness: a .json file for each perturbation at each checkpoint. */
import * as z from 'zod';
import { measuredSchema } from '../../measures/robustness/measured';
import { perturbationSchema, type Perturbation } from '../../perturbations';
import { explanationKeySchema } from './heatmaps';
import { jsonResults } from './results';

/** Another number whenever the same inputs come to mean other numbers. */
export const ROBUSTNESS_METHOD = 'robustness 4';

/** All that they depend on. */
export const robustnessInputsSchema = z.object({
  architecture: z.string(),
  /** Whose heatmaps are compared. */
  explanation: explanationKeySchema,
  layer: z.string(),
  /** How pixels become the network's input. */
  input: z.unknown(),
  /** sha256 of the checkpoint's file, and of the images that are perturbed, in hexadecimal. */
  checkpoint: z.string(),
  images: z.string(),
  perturbation: perturbationSchema,
});
export type RobustnessInputs = z.output<typeof robustnessInputsSchema>;

export const robustnessResults = jsonResults('robustness', measuredSchema, robustnessKey);

/** What a test's name is the hash of. */
export function robustnessKey({ perturbation, ...inputs }: RobustnessInputs) {
  return { ...inputs, method: ROBUSTNESS_METHOD, perturbation: whatIsMeasured(perturbation) };
}

/** What of an entry makes its numbers: not what is expected of them, nor how many images, which their hash says. */
export function whatIsMeasured(entry: Perturbation): Perturbation {
  return { ...entry, expect: undefined, images: undefined };
}
