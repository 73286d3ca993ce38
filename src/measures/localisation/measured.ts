/** The numbers of where a method's relevance lies at a checkpoint, as they are kept and sent. */
import * as z from 'zod/mini';
import { index } from '../../common/schemas';
import { estimateSchema } from '../../statistics/schemas';
import { LOCALISATION_CONTROLS, LOCALISATION_MEASURES, type MeasureKey } from './measures';

/** One number an image, 0 … 1; null where the map is flat, or has no such relevance. */
const values = z.array(z.nullable(z.number()));

/** What a control has, and how much more the method has of the same images. Null where no image has both. */
const besideControl = z.object({
  id: z.enum(LOCALISATION_CONTROLS),
  estimate: z.nullable(estimateSchema),
  difference: z.nullable(estimateSchema),
});

/** A measure of a method's maps. Estimates are over the images that have a value. */
const localisedSchema = z.object({
  estimate: z.nullable(estimateSchema),
  values,
  controls: z.array(besideControl),
});
export type Localised = z.output<typeof localisedSchema>;

const keys = LOCALISATION_MEASURES.map(({ key }) => key);

/** Of images whose object is known, in the order of the images. */
export const maskedSchema = z.record(z.enum(keys as [MeasureKey, ...MeasureKey[]]), localisedSchema);
export type Masked = z.output<typeof maskedSchema>;

/** Of mosaics, in their order: the share of positive relevance on the tiles of the class that is explained. */
export const focusSchema = z.object({
  estimate: z.nullable(estimateSchema),
  values,
  /** How much more than 0.5, which is chance. */
  aboveChance: z.nullable(estimateSchema),
});
export type Focus = z.output<typeof focusSchema>;

export const measuredLocalisationSchema = z.object({
  epoch: index,
  /** Null where no mask is known. */
  masked: z.nullable(maskedSchema),
  /** Null where no mosaics were asked for. */
  focus: z.nullable(focusSchema),
});
export type MeasuredLocalisation = z.output<typeof measuredLocalisationSchema>;
