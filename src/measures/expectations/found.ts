/** What was found of a study at a checkpoint, as it is held against what the study expects. */
import * as z from 'zod/mini';
import { intervalSchema } from '../../statistics/schemas';

const numberSchema = z.object({
  /** Null where it could not be measured. */
  mean: z.nullable(z.number()),
  /** Images; null where it is no mean. */
  n: z.nullable(z.int()),
  interval: z.nullable(intervalSchema),
});
export type FoundNumber = z.output<typeof numberSchema>;

export const foundScoreSchema = z.object({
  /** As the study file names it. */
  key: z.string(),
  ...numberSchema.shape,
  /** The score less the control's, image by image. */
  differences: z.array(z.object({ control: z.string(), ...numberSchema.shape })),
});
export type FoundScore = z.output<typeof foundScoreSchema>;

interface AnyEstimate {
  readonly mean: number;
  readonly n: number;
  readonly interval: FoundNumber['interval'];
}

/** Of a mean that may not be there. */
export function foundNumber(estimate: AnyEstimate | null | undefined): FoundNumber {
  return estimate
    ? { mean: estimate.mean, n: estimate.n, interval: estimate.interval }
    : { mean: null, n: null, interval: null };
}

export function foundScore(
  key: string,
  estimate: AnyEstimate | null | undefined,
  differences: readonly (readonly [control: string, estimate: AnyEstimate | null | undefined])[] = [],
): FoundScore {
  return {
    key,
    ...foundNumber(estimate),
    differences: differences.map(([control, difference]) => ({ control, ...foundNumber(difference) })),
  };
}
