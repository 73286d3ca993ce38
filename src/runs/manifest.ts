/** run.json: what a run is of. Written once, when training starts. */
import { z } from 'zod';
import { studyFileSchema, type Study } from '../study/index';
import { microBatchSchema } from './microBatch';

export const RUN_FORMAT = 1;

/** Fields of a newer program are left alone; those of the study are checked as in a study file. */
export const runManifestSchema = z.object({
  format: z.int().min(1),
  createdAt: z.iso.datetime(),
  /** Of the run folder, with '/': so that a project can be moved as a whole. */
  studyFile: z.string().min(1),
  study: studyFileSchema,
  /** Of what determines the training: see `studyHash`. */
  studyHash: z.string(),
  seed: z.int(),
  dataset: z.object({
    kind: z.string(),
    classNames: z.array(z.string()).readonly(),
    fingerprint: z.string(),
    description: z.string(),
  }),
  engine: z.object({ name: z.string(), version: z.string(), device: z.string() }),
  /** Absent where batches are computed at once. */
  microBatch: microBatchSchema.exactOptional(),
  /** By program: epochlens, node, and what else may explain a difference. */
  versions: z.record(z.string(), z.string()),
  /** Where its checkpoints came from, if they were not trained here: there is nothing then to resume. */
  imported: z
    .object({
      from: z.string(),
      files: z.array(z.object({ epoch: z.int().min(0), file: z.string(), sha256: z.string() })).readonly(),
    })
    .exactOptional(),
});

export type RunManifest = Omit<z.output<typeof runManifestSchema>, 'study'> & { study: Study };
