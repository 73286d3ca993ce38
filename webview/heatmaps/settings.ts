/** The person's settings on the panel. They outlive hiding the panel and reloading the window. */
import * as z from 'zod';
import { panelSourceSchema } from '../../src/protocol/panelView';
import { DEFAULT_APPEARANCE, appearanceSchema } from '../common/heat/appearance';

const settingsSchema = z.object({
  ...appearanceSchema.shape,
  /** The class of the heatmap: the predicted one, the label, or a class by number. */
  target: z.union([z.enum(['predicted', 'label']), z.int().min(0)]),
  /** Null is what the study says, of these three. */
  method: z.string().nullable().default(null),
  layer: z.string().nullable(),
  epochs: z.array(z.int().min(0)).nullable(),
  /** The keys of hidden images. */
  hidden: z.array(z.string()),
});
export type Settings = z.output<typeof settingsSchema>;
export type Target = Settings['target'];

export const DEFAULT_SETTINGS: Settings = {
  ...DEFAULT_APPEARANCE,
  target: 'predicted',
  method: null,
  layer: null,
  epochs: null,
  hidden: [],
};

const pageStateSchema = z.object({
  /** For the extension, which restores the panel from it. */
  source: panelSourceSchema.optional(),
  settings: settingsSchema,
  /** The cell that is open large. */
  open: z.object({ image: z.string(), epoch: z.int().min(0) }).nullable(),
  scroll: z.object({ left: z.number(), top: z.number() }),
});
export type PageState = z.output<typeof pageStateSchema>;

export function parsePageState(value: unknown): PageState {
  const parsed = pageStateSchema.safeParse(value);
  return parsed.success ? parsed.data : { settings: DEFAULT_SETTINGS, open: null, scroll: { left: 0, top: 0 } };
}
