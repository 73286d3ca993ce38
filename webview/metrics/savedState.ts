/** What the page keeps: which runs and which curves are shown. */
import * as z from 'zod/mini';
import { PARTS } from './measures';

const schema = z.object({
  /** The folders of the runs; absent where nobody has chosen. */
  runs: z.optional(z.array(z.string())),
  parts: z.array(z.enum(PARTS)),
  logarithmic: z.boolean(),
});
export type SavedState = z.output<typeof schema>;

export function parseSavedState(value: unknown): SavedState {
  return schema.safeParse(value).data ?? { runs: undefined, parts: [...PARTS], logarithmic: false };
}
