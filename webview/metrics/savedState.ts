/** What the page keeps: which runs and which curves are shown, and how. */
import * as z from 'zod/mini';
import { PARTS } from './measures';

/** More smooths everything away. */
export const MOST_SMOOTHING = 0.99;

const schema = z.object({
  /** The folders of the runs; absent where nobody has chosen. */
  runs: z.optional(z.array(z.string())),
  parts: z.array(z.enum(PARTS)),
  /** The axes of loss and learning rate. */
  logarithmic: z.boolean(),
  /** The axis of epochs. */
  logarithmicEpochs: z._default(z.boolean(), false),
  /** Ids of charts. */
  charts: z._default(z.array(z.string()), ['accuracy', 'loss']),
  by: z._default(z.enum(['run', 'recipe']), 'run'),
  smoothing: z._default(z.number().check(z.gte(0), z.lte(MOST_SMOOTHING)), 0),
});
export type SavedState = z.output<typeof schema>;

/** What an earlier version kept lacks the newer choices. */
export function parseSavedState(value: unknown): SavedState {
  return schema.safeParse(value).data ?? schema.parse({ runs: undefined, parts: [...PARTS], logarithmic: false });
}
