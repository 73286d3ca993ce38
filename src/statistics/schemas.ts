/** Estimates and rates as they are kept and sent. */
import * as z from 'zod/mini';
import { index } from '../common/schemas';

/** As `Interval`: 95 %, in the unit of what it is of. */
export const intervalSchema = z.object({ low: z.number(), high: z.number() });
export type Interval = z.output<typeof intervalSchema>;

/** As `Estimate`: a mean over n images. */
export const estimateSchema = z.object({
  mean: z.number(),
  n: z.int().check(z.gte(1)),
  interval: z.nullable(intervalSchema),
  intervalFrom: z.int().check(z.gte(1)),
  withheld: z.optional(z.literal('fewChanges')),
});
export type Estimate = z.output<typeof estimateSchema>;

/** As `Rate`: how many of how many, and the interval in per cent. */
export const rateSchema = z.object({ count: index, of: z.int().check(z.gte(1)), interval: z.nullable(intervalSchema) });
export type Rate = z.output<typeof rateSchema>;
