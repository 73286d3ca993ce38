/** What the person has chosen on the panel. It outlives hiding the panel and reloading the window. */
import * as z from 'zod/mini';
import { panelSourceSchema } from '../../src/protocol/panelView';
import { methodChoiceSchema } from '../common/explanation';
import { appearanceChangeSchema } from '../common/heat/appearance';
import { DIFFERENCE_SCALES } from '../common/heat/difference';

const index = z.int().check(z.minimum(0));

const targetSchema = z.union([z.enum(['predicted', 'label']), index]);

/** What each heatmap is compared with: that of another class, by another method, of another checkpoint or another run. */
const comparisonSchema = z.discriminatedUnion('with', [
  /** other: the label, or where that is shown, the next most probable class. */
  z.object({ with: z.literal('class'), target: z.union([targetSchema, z.literal('other')]) }),
  z.object({ with: z.literal('method'), method: methodChoiceSchema }),
  z.object({ with: z.literal('epoch'), epoch: z.union([index, z.literal('before')]) }),
  /** beside: the other run's heatmaps have rows of their own, and nothing is taken from any. */
  z.object({ with: z.literal('run'), run: z.string(), beside: z.boolean() }),
]);
export type Compared = z.output<typeof comparisonSchema>;

const settingsSchema = z.object({
  /** The class of the heatmap: the predicted one, the label, or a class by number. */
  target: targetSchema,
  /** Empty is the study's. */
  methods: z._default(z.array(methodChoiceSchema), []),
  /** Null is the heatmaps themselves. */
  compared: z._default(z.nullable(comparisonSchema), null),
  /** How the maps are scaled before they are compared, where they are by one method. */
  scaled: z._default(z.enum(DIFFERENCE_SCALES), 'own'),
  /** Null is what the study says, of these two. */
  layer: z.nullable(z.string()),
  epochs: z.nullable(z.array(index)),
  /** The keys of hidden images. */
  hidden: z.array(z.string()),
});
export type Settings = z.output<typeof settingsSchema>;
export type Target = Settings['target'];

export const DEFAULT_SETTINGS: Settings = {
  target: 'predicted',
  methods: [],
  compared: null,
  scaled: 'own',
  layer: null,
  epochs: null,
  hidden: [],
};

const cellPlaceSchema = z.object({
  image: z.string(),
  /** The place of the method among those shown. */
  method: z._default(index, 0),
  epoch: index,
});
/** A cell: an image under a method at a checkpoint. */
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
