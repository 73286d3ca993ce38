/** The person's settings on the page. They outlive hiding the panel and reloading the window. */
import * as z from 'zod/mini';
import { panelSourceSchema } from '../../src/protocol/panelView';
import { methodChoiceSchema } from '../common/explanation';

export const SORT_KEYS = ['image', 'settled', 'alike', 'moves', 'entropy', 'inMask'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

const choiceSchema = z.object({
  /** The class of the heatmaps: each checkpoint's own prediction, or the label. */
  target: z.enum(['predicted', 'label']),
  /** Null is the study's. */
  method: z._default(z.nullable(methodChoiceSchema), null),
  /** The layer by name; null is the study's. */
  layer: z.nullable(z.string()),
  /** The study's images, or this many of the test set. */
  images: z.union([z.literal('study'), z.int().check(z.minimum(1), z.maximum(1000))]),
  sort: z.object({ key: z.enum(SORT_KEYS), descending: z.boolean() }),
});
export type Choice = z.output<typeof choiceSchema>;

const stateSchema = z.object({
  /** For the extension, which restores the panel from it. */
  source: z.nullable(panelSourceSchema),
  choice: choiceSchema,
});
export type SavedState = z.output<typeof stateSchema>;

export const DEFAULT_CHOICE: Choice = {
  target: 'predicted',
  method: null,
  layer: null,
  images: 'study',
  sort: { key: 'image', descending: false },
};

export function parseSavedState(value: unknown): SavedState {
  const parsed = stateSchema.safeParse(value);
  return parsed.success ? parsed.data : { source: null, choice: DEFAULT_CHOICE };
}
