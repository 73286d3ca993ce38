/** How images are asked for, and pictures in messages. */
import * as z from 'zod/mini';
import { bytes, index, path } from '../../common/schemas';

export const setName = z.enum(['test', 'train']);
export type SetName = z.output<typeof setName>;

const interpolation = z.enum(['bicubic', 'bilinear']);

/** As `Resize` of src/imaging: how a picture is brought to the input. */
export const resizeSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('crop'), cropFraction: z.number().check(z.positive(), z.lte(1)), interpolation }),
  z.strictObject({ mode: z.enum(['pad', 'stretch']), interpolation }),
]);

/** An image as it is asked for: of the run's data set, or a file, stretched unless it says otherwise. */
export const imageReferenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), set: setName, index }),
  z.strictObject({ kind: z.literal('file'), path, resize: z.optional(resizeSchema) }),
]);
export type ImageReference = z.output<typeof imageReferenceSchema>;

/** RGB, 0 … 255, [height, width, 3]. */
export const pictureSchema = z.object({ height: index, width: index, pixels: bytes });
export type Picture = z.output<typeof pictureSchema>;

/** As `Box` of src/imaging: shares of a picture's width and height. */
const boxSchema = z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() });

/** A picture that is not of the input's size, in its own proportions. */
const originalSchema = z.object({
  /** At most 512 pixels a side; to show. */
  picture: pictureSchema,
  /** Of the file, in pixels. */
  size: z.object({ height: index, width: index }),
  resize: resizeSchema,
  /** Where the input lies in the picture: within it where it was cropped, around it where it was padded. */
  box: boxSchema,
});
export type OriginalPicture = z.output<typeof originalSchema>;

/** An image that is explained, or why it cannot be: then all others still are. */
export const explainedImageSchema = z.discriminatedUnion('usable', [
  z.object({
    usable: z.literal(true),
    /** "test:3", "train:17" or the path of a file. */
    name: z.string(),
    /** A class's number; null where it is not known. */
    label: z.nullable(index),
    /** What the model gets to see: a data set's image, or a file's at the model's input size. */
    picture: pictureSchema,
    /** Of a file that is not of the input's size. */
    original: z.optional(originalSchema),
  }),
  z.object({ usable: z.literal(false), name: z.string(), problem: z.string() }),
]);
export type ExplainedImage = z.output<typeof explainedImageSchema>;
