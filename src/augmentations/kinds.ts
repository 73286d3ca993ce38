/** The kinds of augmentation. A new kind is a file like cutout.ts, and a line here. */
import * as z from 'zod';
import type { AugmentationKind } from './augmentationKind';
import { augmix } from './augmix';
import { cutout } from './cutout';
import { flipCrop } from './flipCrop';
import { perturbations } from './perturbations';
import { randomErasing } from './randomErasing';

/** In the order in which an editor offers them. */
export const AUGMENTATION_KINDS = [flipCrop, cutout, randomErasing, augmix, perturbations] as const;

const [firstSchema, ...otherSchemas] = AUGMENTATION_KINDS.map(({ schema }) => schema);
/** An augmentation with its settings. */
export const entrySchema = z.discriminatedUnion('kind', [
  firstSchema as NonNullable<typeof firstSchema>,
  ...otherSchemas,
]);
export type AugmentationEntry = z.output<typeof entrySchema>;

export type AugmentationName = AugmentationEntry['kind'];
export const AUGMENTATION_NAMES = AUGMENTATION_KINDS.map(({ kind }) => kind) as [
  AugmentationName,
  ...AugmentationName[],
];

type AnyKind = AugmentationKind<z.ZodType<AugmentationEntry>>;
const BY_KIND: ReadonlyMap<string, AnyKind> = new Map(
  AUGMENTATION_KINDS.map((declared) => [declared.kind, declared as unknown as AnyKind]),
);

export function kindOf({ kind }: AugmentationEntry): AnyKind {
  return BY_KIND.get(kind) as AnyKind;
}
