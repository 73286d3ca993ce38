/** The numbers of an attack at a checkpoint. */
import * as z from 'zod/mini';
import { estimateRate, type Rate } from '../../statistics';

const natural = z.int().check(z.gte(0));

export const attackedSchema = z.object({
  /** Images. */
  of: z.int().check(z.gte(1)),
  /** Of them classified rightly as they are. */
  clean: natural,
  /** Of these classified rightly after every restart. */
  correct: natural,
  /** Of those classified rightly as they are, the ones that no restart changed: the gradient is nought. */
  unmoved: natural,
});
/** Counts of images. */
export type Attacked = z.output<typeof attackedSchema>;

export function accuracyUnderAttack({ correct, of }: Attacked): Rate {
  return estimateRate(correct, of);
}

export function cleanAccuracy({ clean, of }: Attacked): Rate {
  return estimateRate(clean, of);
}
