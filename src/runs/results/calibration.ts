/**
 * Kept scores of calibration: a .json file for each checkpoint and the first so many test images. They follow from the kept
 * logits and the images' labels, which a run folder does not have, so that a table of runs needs them here.
 */
import * as z from 'zod';
import type { CalibrationScores } from '../../measures/calibration/measured';
import { jsonResults } from './results';

/** Another number whenever the same inputs come to mean other numbers. */
export const CALIBRATION_METHOD = 'calibration 1';
export const CALIBRATION_KIND = 'calibration';

/** All that they depend on. */
export const calibrationInputsSchema = z.object({
  architecture: z.string(),
  /** How pixels become the network's input. */
  input: z.unknown(),
  /** sha256 of the checkpoint's file, and of the images and their labels, in hexadecimal. */
  checkpoint: z.string(),
  images: z.string(),
});
export type CalibrationInputs = z.output<typeof calibrationInputsSchema>;

/** At temperature 1: see `CalibrationScores`. The ECE is of bins of equal width. */
export const calibrationValueSchema = z.object({
  /** Of the checkpoint, for whoever reads the file. */
  epoch: z.int().min(0),
  /** Images. */
  n: z.int().min(1),
  ece: z.number(),
  nll: z.number(),
  brier: z.number(),
  /** Mean confidence minus accuracy. */
  overconfidence: z.number(),
});

export const calibrationResults = jsonResults(
  CALIBRATION_KIND,
  calibrationValueSchema,
  (inputs: CalibrationInputs) => ({ ...inputs, method: CALIBRATION_METHOD }),
);

export function calibrationValue(
  epoch: number,
  { n, equalWidth, nll, brier, overconfidence }: CalibrationScores,
): z.output<typeof calibrationValueSchema> {
  return { epoch, n, ece: equalWidth.ece, nll, brier, overconfidence: overconfidence.mean };
}
