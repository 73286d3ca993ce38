/** From the logits of a checkpoint to all that is said of its calibration. */
import { meanDrop } from './drops';
import type { CalibratedDrop, Calibration } from './measured';
import type { LabelledLogits } from './outcomes';
import { scoresOf, temperatureOf } from './scores';

export interface CheckpointLogits {
  /** Of test images, at least one. */
  readonly test: LabelledLogits;
  /** Of images kept back from training, where there are any. */
  readonly validation: LabelledLogits | undefined;
  readonly perturbed: readonly PerturbedLogits[];
}

/** Of one of the study's perturbations. */
export interface PerturbedLogits extends Pick<CalibratedDrop, 'entry' | 'title'> {
  /** Of each round, [n, classes], of the first n of the test images; at least one. */
  readonly rounds: readonly Float32Array[];
}

/** @throws RangeError where logits are not finite */
export function calibrate({ test, validation, perturbed }: CheckpointLogits): Calibration {
  const temperature = temperatureOf(test, validation);
  return {
    scores: scoresOf(test),
    temperature,
    drops: perturbed.map(({ entry, title, rounds }) => {
      const clean = test.logits.subarray(0, rounds[0]?.length);
      const paired = { clean, rounds, classes: test.classes };
      const atTemperature = temperature && meanDrop(paired, temperature.value);
      return { entry, title, rounds: rounds.length, atOne: meanDrop(paired), atTemperature };
    }),
  };
}
