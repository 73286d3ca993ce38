/** What a folder's layout gives, before classes are chosen. */
import type { Emptiness } from './problems';

/** Files whose hashes a run keeps as one: those of a class's folder, of a set that is not in classes, or of a table. */
export interface FileGroup {
  /** Of the folder or table, relative to the data set's folder, with `/`. */
  readonly name: string;
  /** All of its pictures, relative to the data set's folder, with `/`. */
  readonly files: readonly string[];
}

/** Pictures of one set by class, in torchvision's order within each. */
export type ByClass = ReadonlyMap<string, readonly string[]>;

export interface FoundSets {
  /** To be split where there is no `test`; empty where there are test images alone. */
  readonly train: ByClass;
  readonly test: ByClass | undefined;
  /** Whether a table says the labels. */
  readonly isTable: boolean;
  readonly groups: readonly FileGroup[];
  /** For a person: what the test images are, and what is not used. */
  readonly notes: readonly string[];
  /** See `stampsHold`. */
  readonly stamps: readonly string[];
  readonly emptiness: Emptiness;
  /** Files that are listed and not there. */
  readonly absent: readonly string[];
}
