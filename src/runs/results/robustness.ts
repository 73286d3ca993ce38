/** Kept tests of robustness: a .json file for each perturbation at each checkpoint. */
import { z } from 'zod';
import { measuredSchema, type Measured } from '../../measures/robustness/measured';
import { perturbationSchema, type Perturbation } from '../../study/index';
import type { AboutResult } from './binaryResult';
import { explanationKeySchema } from './heatmaps';
import { loadNamedResult, loadResult, resultName, storeResult } from './results';

export const ROBUSTNESS_KIND = 'robustness';
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

/** The name of the file that a result has or would have. */
export function robustnessName(inputs: RobustnessInputs): string {
  return resultName(ROBUSTNESS_KIND, keyOf(inputs));
}

export function loadRobustness(folder: string, inputs: RobustnessInputs): Promise<Measured | undefined> {
  return loadResult(folder, ROBUSTNESS_KIND, keyOf(inputs), measuredSchema);
}

/** A result by its file's name: what was measured before something changed. */
export function loadRobustnessNamed(folder: string, name: string): Promise<Measured | undefined> {
  return loadNamedResult(folder, ROBUSTNESS_KIND, name, measuredSchema);
}

export function storeRobustness(
  folder: string,
  inputs: RobustnessInputs,
  measured: Measured,
  about: AboutResult,
): Promise<void> {
  return storeResult(folder, ROBUSTNESS_KIND, keyOf(inputs), measured, about);
}

function keyOf({ perturbation, ...inputs }: RobustnessInputs) {
  return { ...inputs, method: ROBUSTNESS_METHOD, perturbation: whatIsMeasured(perturbation) };
}

/** What of an entry makes its numbers: not what is expected of them, nor how many images, which their hash says. */
export function whatIsMeasured(entry: Perturbation): Perturbation {
  return { ...entry, expect: undefined, images: undefined };
}
