/** The person's settings on the panel. They outlive hiding the panel and reloading the window. */
import * as z from 'zod';
import { panelSourceSchema } from '../../src/protocol/panelView';
import { robustnessTab } from '../../src/protocol/robustnessPanel';
import { DEFAULT_APPEARANCE, appearanceSchema } from '../common/heat/appearance';
import { COLUMN_IDS } from './tests/columns';
import { MEASURE_IDS } from './tests/measures';

const pageStateSchema = z.object({
  /** For the extension, which restores the panel from it. */
  source: panelSourceSchema.optional(),
  tab: robustnessTab,
  /** Null is the study's choice. */
  epochs: z.array(z.int().min(0)).nullable(),
  /** The visible perturbation by its index in the study's list; null is all. */
  entry: z.int().min(0).nullable(),
  measure: z.enum(MEASURE_IDS),
  sort: z.object({ column: z.enum(COLUMN_IDS), descending: z.boolean() }),
  look: appearanceSchema,
  layer: z.string().nullable(),
  /** The most rounds of the image to show for each perturbation. */
  rounds: z.int().min(1).max(1000),
  /** The visible image by its key; null is the first. */
  image: z.string().nullable(),
});
export type SavedState = z.output<typeof pageStateSchema>;

const DEFAULT_STATE: SavedState = {
  tab: 'tests',
  epochs: null,
  entry: null,
  measure: 'accuracy',
  sort: { column: 'test', descending: false },
  look: { ...DEFAULT_APPEARANCE, cellSize: 112 },
  layer: null,
  rounds: 3,
  image: null,
};

export function parseSavedState(value: unknown): SavedState {
  const parsed = pageStateSchema.safeParse(value);
  return parsed.success ? parsed.data : DEFAULT_STATE;
}
