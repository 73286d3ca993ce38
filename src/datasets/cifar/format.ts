/**
 * What CIFAR-10 and CIFAR-100 (Krizhevsky 2009) have in common: 32×32 images in files of records, in a binary version and
 * a Python version (pickles) of the same images.
 */
export const SIDE = 32;
export const PLANE = SIDE * SIDE;

export interface CifarFormat {
  /** "CIFAR-10" */
  readonly title: string;
  /** Labels of a record, a byte each, in the binary version's order. */
  readonly labels: readonly LabelField[];
  /** Names of training and test files of both versions, the binary ones ending in `.bin`. */
  readonly train: RegExp;
  readonly test: RegExp;
  /** For messages: names of each version's files. */
  readonly names: Readonly<Record<Version, { readonly train: string; readonly test: string; readonly all: string }>>;
  /** The publisher's archive, and the folders in the archives of its versions. */
  readonly archiveName: string;
  readonly folders: readonly string[];
}

export interface LabelField {
  /** What the Python version calls it. */
  readonly key: string;
  readonly classes: number;
}

export type Version = 'binary' | 'Python';

export function versionOf(fileName: string): Version {
  return fileName.endsWith('.bin') ? 'binary' : 'Python';
}

export function recordBytes({ labels }: CifarFormat): number {
  return labels.length + 3 * PLANE;
}
