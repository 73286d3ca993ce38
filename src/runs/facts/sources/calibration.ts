/** How well confidence matches accuracy, of the study's sample of the test images. */
import * as z from 'zod';
import { sampleOf } from '../../../study/index';
import {
  CALIBRATION_KIND,
  CALIBRATION_METHOD,
  calibrationInputsSchema,
  calibrationValueSchema,
} from '../../results/calibration';
import { factSource, type Fact } from '../source';

const SCORES = ['ece', 'nll', 'brier', 'overconfidence'] as const;

export const calibration = factSource({
  kind: CALIBRATION_KIND,
  inputs: calibrationInputsSchema.extend({ method: z.literal(CALIBRATION_METHOD) }),
  value: calibrationValueSchema,
  facts: (kept, { epochOf, study, testImages }) =>
    kept.flatMap(({ inputs, value }): Fact[] => {
      const epoch = epochOf(inputs.checkpoint);
      const asked = Math.min(sampleOf(study, 'calibration') ?? Infinity, testImages ?? Infinity);
      if (epoch === undefined || (Number.isFinite(asked) && value.n !== asked)) return [];
      return SCORES.map((score) => ({
        column: `calibration:${score}`,
        epoch,
        value: value[score],
        weight: value.n,
      }));
    }),
});
