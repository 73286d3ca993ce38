/** The person's settings on the panel. They outlive hiding the panel and reloading the window. */
import * as z from 'zod/mini';
import { panelSourceSchema } from '../../src/protocol/panelView';
import { robustnessTab } from '../../src/protocol/robustnessPanel';
import { methodChoiceSchema } from '../common/explanation';
import { appearanceChangeSchema } from '../common/heat/appearance';
import { COLUMN_IDS } from './tests/columns';
import { MEASURE_IDS } from './tests/measures';

const index = z.int().check(z.minimum(0));

const pageStateSchema = z.object({
  /** For the extension, which restores the panel from it. */
  source: z.optional(panelSourceSchema),
  tab: robustnessTab,
  /** Null is the study's choice. */
  epochs: z.nullable(z.array(index)),
  /** The visible perturbation by its index in the study's list; null is all. */
  entry: z.nullable(index),
  measure: z.enum(MEASURE_IDS),
  sort: z.object({ column: z.enum(COLUMN_IDS), descending: z.boolean() }),
  /** What the person has changed of the heatmaps' appearance. */
  look: appearanceChangeSchema,
  /** Of the image; null is the study's, like the layer. */
  method: z._default(z.nullable(methodChoiceSchema), null),
  layer: z.nullable(z.string()),
  /** The most rounds of the image to show for each perturbation. */
  rounds: z.int().check(z.minimum(1), z.maximum(1000)),
  /** The visible image by its key; null is the first. */
  image: z.nullable(z.string()),
});
export type SavedState = z.output<typeof pageStateSchema>;

const DEFAULT_STATE: SavedState = {
  tab: 'tests',
  epochs: null,
  entry: null,
  measure: 'accuracy',
  sort: { column: 'test', descending: false },
  look: {},
  method: null,
  layer: null,
  rounds: 3,
  image: null,
};

export function parseSavedState(value: unknown): SavedState {
  const parsed = pageStateSchema.safeParse(value);
  return parsed.success ? parsed.data : DEFAULT_STATE;
}
