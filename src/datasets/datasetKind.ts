/** What a kind of data set is: a record in a file or folder of its own, listed in `kinds.ts`. */
import type * as z from 'zod';
import type { DataReader, OpenOptions } from './dataReader';

export type RedGreenBlue = readonly [red: number, green: number, blue: number];

/** What pixels in [0, 1] are normalised by where a study says nothing else; studies may name it. */
export interface NamedNormalization<Name extends string = string> {
  readonly name: Name;
  readonly mean: RedGreenBlue;
  readonly std: RedGreenBlue;
}

/** What every kind's settings have. */
export interface AnySettings {
  readonly kind: string;
  /** How many images at most, the first ones; all where absent. */
  readonly trainLimit?: number | undefined;
  readonly testLimit?: number | undefined;
  /** How many training images are kept back to choose the best epoch by; none where absent. */
  readonly validation?: { readonly count: number } | undefined;
}

/** What is known of a data set without reading it; a count is undefined where only reading tells it. */
export interface DataFacts {
  readonly train: number | undefined;
  readonly test: number | undefined;
}

/** A kind whose images a person has in a folder, which its settings name as `folder`. */
export interface OnDisk {
  /** Whether a file of this name is one of the kind's. */
  isFile(name: string): boolean;
  /** One file alone as a data set; absent where none says of itself what it is. @throws InputError where it is not one of the kind's */
  openFile?(path: string): Promise<DataReader>;
  /**
   * SHA-256, hexadecimal, of so many images of a file, as run.json has it; undefined where the file has fewer.
   * @param folder the data set's @throws InputError, CancelledError
   */
  hashFile(path: string, images: number, folder: string, signal?: AbortSignal): Promise<string | undefined>;
  /** Beside `kind` and `folder`: settings that part in their classes, the usual ones first. */
  readonly variants: readonly Readonly<Record<string, unknown>>[];
  /** Where the folder can be fetched from. */
  readonly archive?: Archive;
}

/** A published tar archive of one folder. */
export interface Archive {
  readonly url: string;
  /** Hexadecimal, lower case. */
  readonly sha256: string;
  readonly bytes: number;
  /** `<variable>_URL` names a mirror in the environment, and `<variable>_SHA256` another file that is expected there. */
  readonly variable: string;
  /** The folder in it. */
  readonly folder: string;
  /** Names of the files that are wanted of it. */
  readonly members: RegExp;
  /** In bytes: a larger one is not the publisher's. */
  readonly largestMember: number;
  /** How many it has. */
  readonly images: { readonly train: number; readonly test: number };
}

export type SettingsSchema = z.ZodObject<{ kind: z.ZodLiteral<string> }>;

/**
 * The declaration is pure: what reads files is imported where it is called.
 *
 * `Settings` are those of the schema. They are parameters of methods, which TypeScript compares both ways, so that kinds
 * can stand in one list.
 */
export interface DatasetKind<
  Kind extends string = string,
  Schema extends z.ZodType = z.ZodType,
  Settings extends AnySettings = AnySettings,
  Normalization extends string = string,
> {
  readonly kind: Kind;
  /** Of `dataset` in a study file: every field with its description, range and default. */
  readonly schema: Schema;
  /** As people call it. */
  readonly title: string;
  readonly normalization: NamedNormalization<Normalization>;
  /** In the order of their labels; undefined where only the folder says them. */
  classNames(settings: Settings): readonly string[] | undefined;
  /** There where `classNames` may be undefined. @param settings with an absolute folder @throws InputError */
  readClassNames?(settings: Settings): Promise<readonly string[]>;
  /** @param settings with an absolute folder @throws InputError where its files are not what they should be */
  open(settings: Settings, options: OpenOptions): Promise<DataReader>;
  /**
   * For whoever writes a study: looks at names and sizes alone.
   * @param settings with an absolute folder that is there
   * @throws InputError where a training could not read it
   */
  readFacts(settings: Settings): Promise<DataFacts>;
  /** Of every image, in pixels; absent where the settings or the files say it. */
  readonly side?: number;
  /** Absent where the program draws the images. */
  readonly onDisk?: OnDisk;
}

/** Keeps the literal types of a declaration. */
export function declareKind<const Kind extends string, Schema extends z.ZodType, const Normalization extends string>(
  kind: DatasetKind<Kind, Schema, z.output<Schema> & AnySettings, Normalization>,
): DatasetKind<Kind, Schema, z.output<Schema> & AnySettings, Normalization> {
  return kind;
}
