/** What is done to training images, on their pixels. A new kind is a file, listed in `AUGMENTATION_KINDS` of kinds.ts. */
import type { Perturbation } from '../perturbations';
import type { AugmentationProblem, AugmentationSource, Pixels } from './augmentationKind';
import { kindOf } from './kinds';
import { trainedPerturbation } from './perturbations';
import { entriesOf, type Augmentation } from './schema';

export { augment, type AugmentationDraw, type PixelBatch } from './augment';
export type { AugmentationSource } from './augmentationKind';
export { augmentationSchema, type Augmentation } from './schema';

/** In few words, in order: "none", "flipCrop", "flipCrop, cutout 16". */
export function augmentationText(augmentation: Augmentation): string {
  if (typeof augmentation === 'string') return augmentation;
  return augmentation.map((entry) => kindOf(entry).text(entry)).join(', ');
}

/** What exactly is done to an image, a definition for each step, and where each was published. */
export function augmentationDefinitions(
  augmentation: Augmentation,
): { readonly text: string; readonly sources: readonly AugmentationSource[] }[] {
  return entriesOf(augmentation).map((entry) => ({
    text: kindOf(entry).define(entry),
    sources: kindOf(entry).sources,
  }));
}

/** Whether it takes long enough for a thread of its own. */
export function isHeavy(augmentation: Augmentation): boolean {
  return entriesOf(augmentation).some((entry) => kindOf(entry).cost === 'heavy');
}

/** With the study's perturbations in the place of what names none. */
export function resolveAugmentation(augmentation: Augmentation, perturbations: readonly Perturbation[]): Augmentation {
  if (typeof augmentation === 'string') return augmentation;
  return augmentation.map((entry) =>
    entry.kind === 'perturbations' && entry.of === undefined
      ? { ...entry, of: perturbations.map(trainedPerturbation) }
      : entry,
  );
}

export interface PlacedProblem extends Omit<AugmentationProblem, 'setting'> {
  readonly path: readonly (string | number)[];
}

/** Settings that do not fit the images, or each other. @param size of the images; undefined where it is not known */
export function augmentationProblems(
  augmentation: Augmentation,
  perturbations: readonly Perturbation[],
  size: Pick<Pixels, 'height' | 'width'> | undefined,
): PlacedProblem[] {
  if (typeof augmentation === 'string') return [];
  return augmentation.flatMap((entry, place): PlacedProblem[] => {
    const found = kindOf(entry).problems?.(entry, size ?? { height: Infinity, width: Infinity }) ?? [];
    const placed = found.map(({ setting, ...problem }) => ({ path: [place, setting], ...problem }));
    if (entry.kind !== 'perturbations' || entry.of !== undefined || perturbations.length > 0) return placed;
    const expected = '"of" with perturbations, or "perturbations" in the study';
    return [...placed, { path: [place], summary: 'there are no perturbations to train on', found: 'none', expected }];
  });
}
