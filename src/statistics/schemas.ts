/** Estimates and rates as they are kept and sent. */
import * as z from 'zod';
import { index } from '../common/schemas';

/** As `Interval`: 95 %, in the unit of what it is of. */
export const intervalSchema = z.object({ low: z.number(), high: z.number() });
export type Interval = z.output<typeof intervalSchema>;

/** As `Estimate`: a mean over n images. */
export const estimateSchema = z.object({
  mean: z.number(),
  n: z.int().min(1),
  interval: intervalSchema.nullable(),
  intervalFrom: z.int().min(1),
  withheld: z.literal('fewChanges').optional(),
});
export type Estimate = z.output<typeof estimateSchema>;

/** As `Rate`: how many of how many, and the interval in per cent. */
export const rateSchema = z.object({ count: index, of: z.int().min(1), interval: intervalSchema.nullable() });
export type Rate = z.output<typeof rateSchema>;
