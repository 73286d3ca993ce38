/** The person's settings on the page. They outlive hiding the panel and reloading the window. */
import * as z from 'zod/mini';
import { FATES } from '../../src/measures/misclassified';
import { panelSourceSchema } from '../../src/protocol/panelView';
import { methodChoiceSchema } from '../common/explanation';
import { appearanceChangeSchema, type AppearanceChange } from '../common/heat/appearance';

const index = z.int().check(z.minimum(0));

/** Which images are listed: a checkpoint's errors, all, a cell of the confusion matrix, or what the search found. */
const scopeSchema = z.union([z.enum(['wrong', 'all', 'search']), z.object({ label: index, predicted: index })]);
export type Scope = z.output<typeof scopeSchema>;

export const ORDERS = ['index', 'forgotten', 'learnedLate'] as const;
export type Order = (typeof ORDERS)[number];

const choiceSchema = z.object({
  scope: scopeSchema,
  /** Only images with this fate; null is any. */
  fate: z.nullable(z.enum(FATES)),
  order: z.enum(ORDERS),
  /** The checkpoint; null is always the last one. */
  epoch: z.nullable(index),
  /** Null is the study's. */
  method: z._default(z.nullable(methodChoiceSchema), null),
  /** The layer by name; null is the study's. */
  layer: z.nullable(z.string()),
});
export type Choice = z.output<typeof choiceSchema>;

const stateSchema = z.object({
  /** For the extension, which restores the panel from it. */
  source: z.nullable(panelSourceSchema),
  choice: choiceSchema,
  /** What the person has changed of how heatmaps look. */
  look: z._default(appearanceChangeSchema, {}),
  /** The first visible row. */
  top: z.number().check(z.minimum(0)),
});
export type SavedState = z.output<typeof stateSchema>;

export const DEFAULT_CHOICE: Choice = {
  scope: 'wrong',
  fate: null,
  order: 'index',
  epoch: null,
  method: null,
  layer: null,
};

/** Both maps of an image share one scale, in whose units their difference is. */
export const OWN_LOOK: AppearanceChange = { scale: 'row', cellSize: 112 };

export function parseSavedState(value: unknown): SavedState {
  const parsed = stateSchema.safeParse(value);
  return parsed.success ? parsed.data : { source: null, choice: DEFAULT_CHOICE, look: {}, top: 0 };
}
