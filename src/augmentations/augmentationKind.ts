/** The declaration of a kind of augmentation: everything that the program knows of it. */
import type * as z from 'zod';
import type { Random } from '../common/random';

/** A training image. */
export interface Pixels {
  readonly height: number;
  readonly width: number;
  /** RGB, 0 … 255, [height, width, 3]. */
  readonly pixels: Uint8Array;
}

/** Red, green and blue, whole grey levels 0 … 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A setting that does not fit the images. */
export interface AugmentationProblem {
  /** The setting's name. */
  readonly setting: string;
  readonly summary: string;
  readonly found: string;
  readonly expected: string;
}

/** What an augmentation was published as. Each has an entry in src/report/references. */
export type AugmentationSource =
  'he2016deep' | 'devries2017cutout' | 'zhong2020random' | 'hendrycks2020augmix' | 'rusak2020simple';

/** @typeParam Schema of the study file's entry, an object with its `kind` */
export interface AugmentationKind<Schema extends z.ZodType = z.ZodType> {
  /** In study files and in the names of draws: it never changes. */
  readonly kind: string;
  /** The settings in a study file, each with a description, a range and a default. */
  readonly schema: Schema;
  /** What it does, in few words, as completion shows it. */
  readonly description: string;
  /** Whether an image of 32×32 pixels takes longer than 0.02 ms: it is then augmented in a thread of its own. */
  readonly cost: 'light' | 'heavy';
  readonly sources: readonly AugmentationSource[];
  /** The entry in few words, beginning with its name: "cutout 16". */
  text(settings: z.output<Schema>): string;
  /** What exactly is done to an image, in sentences for a reader who has only the report. */
  define(settings: z.output<Schema>): string;
  /** What does not fit images of a size. */
  problems?(settings: z.output<Schema>, size: Pick<Pixels, 'height' | 'width'>): AugmentationProblem[];
  /**
   * The augmented pixels, [height, width, 3]; those given are left as they are.
   * @param random the stream of this image in this epoch
   * @param mean the colour that normalisation brings to zero
   */
  apply(image: Pixels, settings: z.output<Schema>, random: Random, mean: Colour): Uint8Array;
  /** The name of the draws' stream, where it is not the kind's. */
  readonly stream?: string;
}

/** Infers the types of a declaration. */
export function augmentationKind<Schema extends z.ZodType>(
  declaration: AugmentationKind<Schema>,
): AugmentationKind<Schema> {
  return declaration;
}
