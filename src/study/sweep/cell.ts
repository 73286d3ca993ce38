import type { Study } from '../schema';

/** One run that a sweep asks for: a recipe with a seed, of one of the file's models. */
export interface Cell {
  /** The `studyHash` of its study: two cells that would train to the same weights are one. */
  readonly id: string;
  /** "cutout", or of a grid "augmentation cutout, learningRate 0.05". Of several models the architecture comes first. */
  readonly recipe: string;
  readonly seed: number;
  /** In what the recipe differs from the study, JSON by dotted names, in the file's order. The seed is not among them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** With every default in, the recipe's settings and the seed. */
  readonly study: Study;
}

/** A file's sweep: its recipes in order, each with every seed. */
export interface Sweep {
  readonly recipes: readonly string[];
  readonly seeds: readonly number[];
  /** Recipe by recipe. */
  readonly cells: readonly Cell[];
  /** The recipe that the others are compared with. */
  readonly baseline: string;
  readonly tests: 'none' | 'last' | 'all';
}
