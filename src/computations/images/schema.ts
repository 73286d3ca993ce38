/** How images are asked for, and pictures in messages. */
import * as z from 'zod';
import { bytes, index, path } from '../../common/schemas';

export const setName = z.enum(['test', 'train']);
export type SetName = z.output<typeof setName>;

/** An image as it is asked for: of the run's data set, or a file. */
export const imageReferenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), set: setName, index }),
  z.strictObject({ kind: z.literal('file'), path }),
]);
export type ImageReference = z.output<typeof imageReferenceSchema>;

/** RGB, 0 … 255, [height, width, 3]. */
export const pictureSchema = z.object({ height: index, width: index, pixels: bytes });
export type Picture = z.output<typeof pictureSchema>;

/** An image that is explained, or why it cannot be: then all others still are. */
export const explainedImageSchema = z.discriminatedUnion('usable', [
  z.object({
    usable: z.literal(true),
    /** "test:3", "train:17" or the path of a file. */
    name: z.string(),
    /** A class's number; null where it is not known. */
    label: index.nullable(),
    /** What the model gets to see: a data set's image, or a file's at the model's input size. */
    picture: pictureSchema,
    /** Of a file: the picture before it was stretched to the input size, at most 512 pixels a side; to show. */
    original: pictureSchema.optional(),
  }),
  z.object({ usable: z.literal(false), name: z.string(), problem: z.string() }),
]);
export type ExplainedImage = z.output<typeof explainedImageSchema>;
