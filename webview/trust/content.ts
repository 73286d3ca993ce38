/** What a section of a tab shows: the same shape for all, so that one component draws, and one file exports them. */
import type { Interval } from '../../src/statistics/schemas';
import type { ChartContent } from '../chart/content';
import type { ReadoutProperties } from '../chart/readout';

export interface Figure {
  readonly key: string;
  /** For screen readers. */
  readonly label: string;
  readonly content: ChartContent;
  /** What its axis has, where that is not epochs: its own values are read out below it. */
  readonly own?: { readonly readout: (value: number | undefined) => ReadoutProperties } | undefined;
}

/** A mean with what it rests on. */
export interface Numbers {
  readonly mean: number;
  readonly n: number;
  readonly interval: Interval | null;
}

/** A number, by what it is of: a value for each of the table's heads. */
export interface NumberRow {
  readonly of: readonly (string | number)[];
  /** The same in files: ids in place of names. */
  readonly ids: readonly (string | number)[];
  /** Null where it cannot be said. */
  readonly numbers: Numbers | null;
  /** Whether it is in the table on the page, which has what is shown; files have all. */
  readonly isShown: boolean;
}

export interface NumbersTable {
  /** In the editor's language. */
  readonly heads: readonly string[];
  /** The columns in files. */
  readonly columns: readonly string[];
  readonly rows: readonly NumberRow[];
}

/** The images that the numbers are of, one a row. */
export interface ImageRows {
  readonly title: string;
  /** Of the values. */
  readonly heads: readonly string[];
  readonly rows: readonly ImageRow[];
}

export interface ImageRow {
  /** "test:3", "train:17" or the path of a file. */
  readonly name: string;
  readonly label: string;
  /** Null where it has none. */
  readonly values: readonly (number | null)[];
}

export interface SectionContent {
  /** What comes of it, with numbers. */
  readonly sentences: readonly string[];
  readonly figures: readonly Figure[];
  /** The values of an epoch, of the last where none is chosen; undefined where no epochs are compared. */
  readonly readout?: ((epoch: number | undefined) => ReadoutProperties) | undefined;
  /** What the numbers rest on, and what they do not say. */
  readonly notes: readonly string[];
  readonly table: NumbersTable;
  readonly images?: ImageRows | undefined;
}
