/** `training.augmentation` as a study file has it, and as what it is kept. */
import * as z from 'zod';
import {
  AUGMENTATION_KINDS,
  AUGMENTATION_NAMES,
  entrySchema,
  type AugmentationEntry,
  type AugmentationName,
} from './kinds';

/** More are mostly a mistake. */
const MOST = 10;

/**
 * What is done to training images, in order, with every default in. Nothing, and flip and crop alone with the usual padding,
 * are the names that they always had, so that the hash of an older study stays.
 */
export type Augmentation = 'none' | 'flipCrop' | AugmentationEntry[];

const nameSchema = z.enum(AUGMENTATION_NAMES).meta({
  enumDescriptions: AUGMENTATION_KINDS.map(({ description }) => description),
});
type Written = AugmentationName | AugmentationEntry;

export const augmentationSchema = z
  .union([
    z.enum(['none', ...AUGMENTATION_NAMES]).meta({
      enumDescriptions: ['nothing', ...AUGMENTATION_KINDS.map(({ description }) => description)],
    }),
    entrySchema,
    z.array(z.union([nameSchema, entrySchema])).max(MOST),
  ])
  .transform(normalised)
  .default('none')
  .meta({
    description:
      'What is done to training images: a name, an entry with settings, or a list of these, done in its order. Draws follow from the seed, the epoch and the image.',
    absent: '"none"',
    examples: ['flipCrop', ['flipCrop', 'cutout'], ['flipCrop', { kind: 'cutout', size: 8 }]],
  });

/** What means the same becomes the same. */
function normalised(written: 'none' | Written | readonly Written[]): Augmentation {
  if (written === 'none') return 'none';
  const list = Array.isArray(written) ? (written as readonly Written[]) : [written as Written];
  const entries = list.map((each) => (typeof each === 'string' ? entrySchema.parse({ kind: each }) : each));
  const [first, ...others] = entries;
  if (first === undefined) return 'none';
  const isUsual = others.length === 0 && first.kind === 'flipCrop' && first.padding === 4;
  return isUsual ? 'flipCrop' : entries;
}

/** Its entries, in order; of nothing, none. */
export function entriesOf(augmentation: Augmentation): readonly AugmentationEntry[] {
  if (augmentation === 'none') return [];
  return augmentation === 'flipCrop' ? [entrySchema.parse({ kind: 'flipCrop' })] : augmentation;
}
