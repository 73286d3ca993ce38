/** What kept results say of a run: each kind of result is a record in `sources/`, listed in `sources/index.ts`. */
import type * as z from 'zod';
import type { Perturbation } from '../../perturbations';
import type { ExplanationIn, Study } from '../../study/index';

/** What a result is held against: it counts only where it is of the run's present checkpoints, and of what the study asks now. */
export interface FactsContext {
  /** That counts for the run: see `studyInForce`. */
  readonly study: Study;
  /** The epoch of a checkpoint by its sha256; undefined of one that is not the run's any more. */
  readonly epochOf: (sha256: string) => number | undefined;
  /** Ascending: those whose sums are known. */
  readonly checkpoints: readonly number[];
  /** The study's explanation; undefined where the run's network has none such. */
  readonly explanation: ExplanationIn | undefined;
  /** How many test images the data set has; undefined where no accuracy of them is kept. */
  readonly testImages: number | undefined;
  /** Of an entry of the study's list of perturbations the title that names it in columns; undefined of any other. */
  readonly titleOf: (measured: Perturbation) => NamedEntry | undefined;
  /** The same of its list of attacks, by the canonical JSON of what attacks. */
  readonly attackOf: (attack: string) => NamedEntry | undefined;
}

/** An entry of a study's list, as columns call it. */
export interface NamedEntry {
  /** Its place in the list. */
  readonly place: number;
  readonly title: string;
  /** Undefined where it is of all test images. */
  readonly images: number | undefined;
}

/** A number of a run. */
export interface Fact {
  /** A column's id. */
  readonly column: string;
  /** Null of a number of the whole run. */
  readonly epoch: number | null;
  readonly value: number | null;
  /** Of several of one column and epoch the one with the highest counts: on more images. */
  readonly weight: number;
}

/** A kept result as it was read, reduced to what its facts need. */
export interface KeptFacts {
  readonly inputs: unknown;
  readonly value: unknown;
  /** Of which images it says it is. */
  readonly images: readonly string[] | undefined;
}

export interface FactSource {
  /** The first word of its results' names. */
  readonly kind: string;
  /** Undefined where it is of an older version's method. */
  reduce(inputs: unknown, value: unknown): Pick<KeptFacts, 'inputs' | 'value'> | undefined;
  /** What the results of this kind in a run come to. */
  facts(kept: readonly KeptFacts[], context: FactsContext): Fact[];
}

/** A result of checked types. */
export interface Kept<Inputs, Value> {
  readonly inputs: Inputs;
  readonly value: Value;
  readonly images: readonly string[] | undefined;
}

/**
 * @param inputs with the `method` of this version as a literal: results of others say something else
 * @param value only the fields that facts need: it stays in memory
 */
export function factSource<Inputs, Value>(declared: {
  readonly kind: string;
  readonly inputs: z.ZodType<Inputs>;
  readonly value: z.ZodType<Value>;
  readonly facts: (kept: readonly Kept<Inputs, Value>[], context: FactsContext) => Fact[];
}): FactSource {
  return {
    kind: declared.kind,
    reduce(inputs, value) {
      const [asked, found] = [declared.inputs.safeParse(inputs), declared.value.safeParse(value)];
      return asked.success && found.success ? { inputs: asked.data, value: found.data } : undefined;
    },
    facts: (kept, context) => declared.facts(kept as readonly Kept<Inputs, Value>[], context),
  };
}
