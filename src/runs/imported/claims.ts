/** What the files of imported checkpoints say of themselves: claims, which were measured by nobody here. */
import * as z from 'zod';

export const claimsSchema = z.object({
  /** In per cent. */
  testAccuracy: z.number().nullable(),
  /** Mean cross-entropy, as the training script counted it. */
  testLoss: z.number().nullable(),
  trainLoss: z.number().nullable(),
  /** Where the accuracy is the highest up to then, and may be an earlier checkpoint's. */
  isBestSoFar: z.literal(true).exactOptional(),
});
export type Claims = z.output<typeof claimsSchema>;

export const NO_CLAIMS: Claims = { testAccuracy: null, testLoss: null, trainLoss: null };

export function claimsAnything({ testAccuracy, testLoss, trainLoss }: Claims): boolean {
  return testAccuracy !== null || testLoss !== null || trainLoss !== null;
}
