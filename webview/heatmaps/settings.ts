/** What the person has chosen on the panel. It outlives hiding the panel and reloading the window. */
import * as z from 'zod/mini';
import { panelSourceSchema } from '../../src/protocol/panelView';
import { appearanceChangeSchema } from '../common/heat/appearance';

const index = z.int().check(z.minimum(0));

const settingsSchema = z.object({
  /** The class of the heatmap: the predicted one, the label, or a class by number. */
  target: z.union([z.enum(['predicted', 'label']), index]),
  /** Null is what the study says, of these three. */
  method: z._default(z.nullable(z.string()), null),
  layer: z.nullable(z.string()),
  epochs: z.nullable(z.array(index)),
  /** The keys of hidden images. */
  hidden: z.array(z.string()),
});
export type Settings = z.output<typeof settingsSchema>;
export type Target = Settings['target'];

export const DEFAULT_SETTINGS: Settings = {
  target: 'predicted',
  method: null,
  layer: null,
  epochs: null,
  hidden: [],
};

const cellPlaceSchema = z.object({ image: z.string(), epoch: index });
/** A cell: an image at a checkpoint. */
export type CellPlace = z.output<typeof cellPlaceSchema>;

const pageStateSchema = z.object({
  /** For the extension, which restores the panel from it. */
  source: z.optional(panelSourceSchema),
  settings: settingsSchema,
  /** What is changed of the heatmaps' appearance. */
  look: z._default(appearanceChangeSchema, {}),
  /** The cell that is open large. */
  open: z.nullable(cellPlaceSchema),
  scroll: z.object({ left: z.number(), top: z.number() }),
});
export type PageState = z.output<typeof pageStateSchema>;

export function parsePageState(value: unknown): PageState {
  const parsed = pageStateSchema.safeParse(value);
  return parsed.success
    ? parsed.data
    : { settings: DEFAULT_SETTINGS, look: {}, open: null, scroll: { left: 0, top: 0 } };
}
