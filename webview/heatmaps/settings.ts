/** What the person has set on the panel. It outlives hiding the panel and reloading the window. */
import { z } from 'zod';
import { panelSourceSchema } from '../../src/protocol/heatmaps';
import { COLOUR_MAP_NAMES } from '../../src/imaging/colourMaps';

export const CELL_SIZES = { min: 48, max: 256, step: 8 } as const;

/**
 * normal: the colours at one opacity everywhere; weighted: the cold places show the image; multiply and screen: as in
 * image editors.
 */
export const BLENDINGS = ['normal', 'weighted', 'multiply', 'screen'] as const;
export type Blending = (typeof BLENDINGS)[number];

/** What a colour stands for: a share of its own map's range, of its row's, or of that of all maps shown. */
export const SCALES = ['image', 'row', 'shared'] as const;
export type ScaleKind = (typeof SCALES)[number];

const settingsSchema = z.object({
  opacity: z.number().min(0).max(1),
  colourMap: z.enum(COLOUR_MAP_NAMES),
  blending: z.enum(BLENDINGS),
  scale: z.enum(SCALES),
  /** Interpolated between the layer's positions, or those positions as squares. */
  smooth: z.boolean(),
  /** CSS pixels a side. */
  cellSize: z.number().min(CELL_SIZES.min).max(CELL_SIZES.max),
  /** Whose heatmap: of the class that is predicted, of the label, or of a class by number. */
  target: z.union([z.enum(['predicted', 'label']), z.int().min(0)]),
  /** Null is what the study says, of these two. */
  layer: z.string().nullable(),
  epochs: z.array(z.int().min(0)).nullable(),
  /** Keys of images that are left out. */
  hidden: z.array(z.string()),
});
export type Settings = z.output<typeof settingsSchema>;
export type Target = Settings['target'];

export const DEFAULT_SETTINGS: Settings = {
  opacity: 0.55,
  colourMap: 'viridis',
  blending: 'normal',
  scale: 'image',
  smooth: true,
  cellSize: 128,
  target: 'predicted',
  layer: null,
  epochs: null,
  hidden: [],
};

const pageStateSchema = z.object({
  /** For the extension, which brings the panel back from it. */
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
