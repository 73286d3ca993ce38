/** What is known of a run, as a table of runs and curves over seeds need it: pure data, which pages take, too. */
import * as z from 'zod/mini';

/** A measure at epochs, ascending. */
export const seriesSchema = z.object({ epochs: z.array(z.number()), values: z.array(z.nullable(z.number())) });
export type Series = z.output<typeof seriesSchema>;

export const runFactsSchema = z.object({
  /** The run folder, absolute: its identity. */
  run: z.string(),
  /** The folder's name. */
  id: z.string(),
  /** What a person calls it; its id where nobody gave it a name. */
  name: z.string(),
  note: z.string(),
  pinned: z.boolean(),
  studyName: z.string(),
  studyFile: z.string(),
  /** Of a sweep's run: the recipe's name. Null of any other, whose recipe is its settings but for the seed. */
  recipe: z.nullable(z.string()),
  /** The recipe that the sweep of its study file compares with, as the file is now; absent where it has no sweep. */
  sweepBaseline: z.optional(z.string()),
  seed: z.number(),
  /** ISO 8601. */
  createdAt: z.string(),
  /** 'finished', 'training', 'failed', 'cancelled' or 'interrupted'; 'imported' of checkpoints from elsewhere. */
  state: z.string(),
  /** See `engineKey`. */
  engine: z.string(),
  /** Of the study as it was trained, JSON text by dotted names, such as "training.epochs"; the seed is not among them. */
  settings: z.record(z.string(), z.string()),
  /** The newest epoch that is measured; null where none is. Of a run that is not finished it is not the last one. */
  finalEpoch: z.nullable(z.number()),
  /** Of the highest accuracy on the images that choose it; of several the earliest. Null where none is known. */
  bestEpoch: z.nullable(z.number()),
  /** The images that choose the best epoch: a validation split, where the study keeps one back. */
  chosenBy: z.enum(['validation', 'test']),
  /** The commit that the study file's folder had when the run was created; absent outside git, and of older runs. */
  git: z.optional(z.object({ commit: z.string(), branch: z.optional(z.string()), dirty: z.boolean() })),
  /** Measures of single numbers, such as seconds, by column id. */
  values: z.record(z.string(), z.nullable(z.number())),
  /** Measures by epoch, by column id: see `columns.ts`. */
  series: z.record(z.string(), seriesSchema),
});
export type RunFacts = z.output<typeof runFactsSchema>;
