/** Every kind of data set. Pure, so that whoever reads a study can know them. */
import * as z from 'zod';
import { arrays } from './arrays';
import { cifar10 } from './cifar10';
import { cifar100 } from './cifar100';
import type { DatasetKind } from './datasetKind';
import { imageFolder } from './imageFolder';
import { synthetic } from './synthetic';

/** The first of those that fit is taken where nothing says which is meant. */
const KINDS = [cifar10, cifar100, imageFolder, synthetic, arrays] as const;
export const DATASET_KINDS: readonly DatasetKind[] = KINDS;

type Schemas<Kinds> = { [Each in keyof Kinds]: Kinds[Each] extends { readonly schema: infer Schema } ? Schema : never };
const schemas = KINDS.map(({ schema }) => schema) as unknown as Schemas<typeof KINDS>;

export const datasetSchema = z.discriminatedUnion('kind', schemas).meta({
  description: 'The images to train and test on.',
});
export type DatasetSettings = z.output<typeof datasetSchema>;

export type DatasetNormalizationName = (typeof KINDS)[number]['normalization']['name'];

/** "CIFAR-10 or CIFAR-100": those that can be downloaded into a folder. */
export const FOLDER_TITLES = DATASET_KINDS.flatMap(({ onDisk, title }) =>
  onDisk?.archive === undefined ? [] : [title],
).join(' or ');

/** What is taken where a person has no images: drawn at once, and without a download. */
export const EXAMPLE_DATASET = { kind: 'synthetic', trainCount: 2000, testCount: 500, seed: 1 } as const;

export function kindOf({ kind }: { readonly kind: string }): DatasetKind {
  const found = DATASET_KINDS.find((each) => each.kind === kind);
  if (found === undefined) throw new RangeError(`no kind of data set is called ${kind}`);
  return found;
}

/** Undefined where only the folder says them: see `readClassNames`. */
export function classNamesOf(settings: DatasetSettings): readonly string[] | undefined {
  return kindOf(settings).classNames(settings);
}

/** For what does not depend on how many there are, such as the sizes of layers; 2 where only the folder says it. */
export function classCountOf(settings: DatasetSettings): number {
  return classNamesOf(settings)?.length ?? 2;
}

/** Whether the program draws the images. */
export function isDrawn(kind: string): boolean {
  return DATASET_KINDS.some((each) => each.kind === kind && each.onDisk === undefined);
}

/** As the settings have it; undefined where the program draws the images. */
export function folderIn(settings: DatasetSettings): string | undefined {
  return 'folder' in settings ? settings.folder : undefined;
}

/** Of each kind that reads a folder, the settings for each choice of classes. @param folder by default the kind's usual one */
export function folderSettings(folder?: string, kinds: readonly DatasetKind[] = DATASET_KINDS): DatasetSettings[] {
  return kinds.flatMap(({ kind, onDisk }) =>
    (onDisk?.variants ?? []).map((variant) => datasetSchema.parse({ kind, ...variant, folder })),
  );
}

/** The names of the classes of a network that nothing but their number is known of; their numbers where no kind has so many. */
export function classNamesFor(classes: number): readonly string[] {
  const known = folderSettings().map(classNamesOf);
  return known.find((names) => names?.length === classes) ?? classNumbers(classes);
}

/** The names of classes of which only the number is known: "0", "1", … */
export function classNumbers(classes: number): readonly string[] {
  return Array.from({ length: classes }, (_, index) => String(index));
}
