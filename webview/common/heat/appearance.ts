/** The appearance of heatmaps. */
import * as z from 'zod/mini';
import { COLOUR_MAP_NAMES } from '../../../src/imaging/colourMaps';

export const CELL_SIZES = { min: 48, max: 256, step: 8 } as const;

/**
 * normal: one opacity everywhere; weighted: places without heat show the image; multiply and screen: as in image
 * editors.
 */
export const BLENDINGS = ['normal', 'weighted', 'multiply', 'screen'] as const;
export type Blending = (typeof BLENDINGS)[number];

/** What a colour stands for: a share of the range of its own map, of its row, or of all maps shown. */
export const SCALES = ['image', 'row', 'shared'] as const;
export type ScaleKind = (typeof SCALES)[number];

export const appearanceSchema = z.object({
  opacity: z.number().check(z.minimum(0), z.maximum(1)),
  colourMap: z.enum(COLOUR_MAP_NAMES),
  blending: z.enum(BLENDINGS),
  scale: z.enum(SCALES),
  /** Interpolated between the layer's positions, or those positions as squares. */
  smooth: z.boolean(),
  /** The side of a cell in CSS pixels. */
  cellSize: z.number().check(z.minimum(CELL_SIZES.min), z.maximum(CELL_SIZES.max)),
});
export type Appearance = z.output<typeof appearanceSchema>;

/** What the person has changed of it, or the settings say. */
export const appearanceChangeSchema = z.partial(appearanceSchema);
export type AppearanceChange = z.output<typeof appearanceChangeSchema>;

export const DEFAULT_APPEARANCE: Appearance = {
  opacity: 0.55,
  colourMap: 'viridis',
  blending: 'normal',
  scale: 'image',
  smooth: true,
  cellSize: 128,
};

/** The later changes prevail. */
export function appearanceOf(...changes: readonly (AppearanceChange | undefined)[]): Appearance {
  const set = changes.flatMap((change) => Object.entries(change ?? {})).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_APPEARANCE, ...Object.fromEntries(set) };
}
