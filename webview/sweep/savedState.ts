/** What the page keeps: whose sweep it shows, which cells of it, and whose log is open. */
import * as z from 'zod/mini';

export const FILTERS = ['all', 'pending', 'done', 'failed', 'new'] as const;
export type Filter = (typeof FILTERS)[number];

const schema = z.object({
  /** The study file; the extension brings the panel back from it. */
  studyFile: z.optional(z.string()),
  filter: z.enum(FILTERS),
  /** The id of the cell whose details are open. */
  open: z.optional(z.string()),
});
export type SavedState = z.output<typeof schema>;

export function parseSavedState(value: unknown): SavedState {
  return schema.safeParse(value).data ?? { studyFile: undefined, filter: 'all', open: undefined };
}
