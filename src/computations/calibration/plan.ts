/** Whose logits calibration needs: of the test images as they are, of those kept back from training, and perturbed ones. */
import type { ImageSource } from '../../datasets';
import type { Perturbation } from '../../perturbations';
import { describePerturbations, type ChosenPerturbations } from '../robustness/chosenPerturbations';
import { imageCount } from '../robustness/testImages';
import type { ImagesToPredict } from './logits';

export interface CalibrationPlan {
  readonly test: ImagesToPredict;
  readonly validation: ImagesToPredict | undefined;
  /** Of the perturbations that are meant, each round. */
  readonly perturbed: readonly PlannedPerturbation[];
  /** All of the above. */
  readonly all: readonly ImagesToPredict[];
}

interface PlannedPerturbation {
  /** The place in the study's list. */
  readonly entry: number;
  readonly title: string;
  readonly rounds: readonly ImagesToPredict[];
}

/** @param images the first so many test images; all where absent */
export function planCalibration(
  meant: ChosenPerturbations,
  set: ImageSource,
  validationSet: ImageSource | undefined,
  images = set.count,
): CalibrationPlan {
  const test = { set, count: Math.min(images, set.count) };
  const validation = validationSet && { set: validationSet, count: validationSet.count };
  const perturbed = describePerturbations(meant).map(({ entry: place, title }) => {
    const entry = meant.perturbations[place] as Perturbation;
    const count = Math.min(test.count, imageCount(entry, set));
    const rounds = Array.from({ length: entry.rounds }, (_, round) => ({ set, count, draw: { entry, round } }));
    return { entry: place, title, rounds };
  });
  const all = [test, ...(validation ? [validation] : []), ...perturbed.flatMap(({ rounds }) => rounds)];
  return { test, validation, perturbed, all };
}
