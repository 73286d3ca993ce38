/** What the page keeps: how the table is arranged. */
import * as z from 'zod/mini';

const schema = z.object({
  /** The study file whose runs are shown; null for those of all studies. */
  study: z.nullable(z.string()),
  by: z.enum(['recipes', 'runs']),
  at: z.enum(['final', 'best']),
  filter: z.string(),
  sort: z.optional(z.object({ by: z.string(), descending: z.boolean() })),
  /** By what rows are grouped: see `groupRows`. */
  group: z.optional(z.string()),
  /** The key or the name of the recipe that others are compared with; absent: the sweep's own; null: none. */
  baseline: z.optional(z.nullable(z.string())),
  /** Keys of the rows that are hidden. */
  hidden: z.array(z.string()),
  /** Keys of the rows that are chosen, for what is done with several. */
  chosen: z._default(z.array(z.string()), []),
  /** Keys of the recipes whose seeds are shown. */
  opened: z.array(z.string()),
  columns: z.object({
    /** Whether a person shows or hides it, by id; the others are shown by default or not. */
    shown: z.record(z.string(), z.boolean()),
    /** Ids in a person's order; the others come behind those that they stand behind by default. */
    order: z.array(z.string()),
    /** Ids that stay at the left. */
    pinned: z.array(z.string()),
    /** In CSS pixels, by id. */
    widths: z.record(z.string(), z.number()),
  }),
});
export type SavedState = z.output<typeof schema>;

export const UNARRANGED: SavedState = {
  study: null,
  by: 'recipes',
  at: 'final',
  filter: '',
  hidden: [],
  chosen: [],
  opened: [],
  columns: { shown: {}, order: [], pinned: [], widths: {} },
};

export function parseSavedState(value: unknown): SavedState {
  return schema.safeParse(value).data ?? UNARRANGED;
}
