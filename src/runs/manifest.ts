/**
 * run.json: what a run is of. Written when training starts; later only `studyFile` may change, when it is adopted, and
 * `laterEngines` grow.
 */
import * as z from 'zod';
import { writeFileAtomically } from '../common/atomic';
import { jsonHash } from '../common/canonicalJson';
import { CHECKPOINT_WEIGHTS } from '../common/checkpointWeights';
import { isKeptName, studyFileSchema, type Cell, type Study } from '../study/index';
import { gitSchema } from './git';
import { claimsSchema } from './imported/claims';
import { microBatchSchema } from './checkpoints/microBatch';
import { runPaths } from './paths';

export const RUN_FORMAT = 1;

/** A file of the data set, as far as it was used. */
const dataFileSchema = z.object({
  /** Its name in the data set's folder. */
  name: z.string(),
  /** Images used: the first ones. */
  records: z.int().min(0),
  /** Of these images' bytes, hexadecimal. */
  sha256: z.string(),
});
export type DataFile = z.output<typeof dataFileSchema>;

/** A file that became a checkpoint. */
const importedFileSchema = z.object({
  epoch: z.int().min(0),
  /** Absolute, as it was called then. */
  file: z.string(),
  sha256: z.string(),
  /** The key of the state dict that was taken, where the file has several or averaged weights. */
  stateDict: z.string().exactOptional(),
  /** Absent in runs of versions that took what files claim for measured, and wrote it into the metrics. */
  claimed: claimsSchema.exactOptional(),
  /** As far as the file shows it: see `weightsAt`. */
  weights: z.enum(CHECKPOINT_WEIGHTS).exactOptional(),
  /** What says the epoch; 'nothing' of a file alone, whose number is one that a file name needs. */
  epochFrom: z.enum(['name', 'file', 'person', 'nothing']).exactOptional(),
});
export type ImportedFile = z.output<typeof importedFileSchema>;

const engineSchema = z.object({ name: z.string(), version: z.string(), device: z.string() });
export type EngineOfRun = z.output<typeof engineSchema>;

/** Fields of a newer program are left alone; those of the study are checked as in a study file. */
export const runManifestSchema = z.object({
  format: z.int().min(1),
  createdAt: z.iso.datetime(),
  /** Relative to the run folder, with '/', or absolute: see `studyFileFrom`. */
  studyFile: z.string().min(1),
  study: studyFileSchema.extend({ name: z.string().refine(isKeptName).optional() }),
  /** Of what determines the training: see `studyHash`. Absent of a training that EpochLens watches. */
  studyHash: z.string().exactOptional(),
  seed: z.int(),
  /** Of a cell of a sweep, as it was called when it was trained. */
  cell: z
    .object({
      recipe: z.string(),
      seed: z.int(),
      /** In what the recipe differs from the study, JSON by dotted names. */
      settings: z.record(z.string(), z.json()),
    })
    .exactOptional(),
  /** Of the study file's folder when the run was created; absent outside git, and in runs of older versions. */
  git: gitSchema.exactOptional(),
  dataset: z.object({
    kind: z.string(),
    classNames: z.array(z.string()).readonly(),
    fingerprint: z.string(),
    description: z.string(),
    /** Absent where images are drawn, and in runs of older versions. */
    files: z.array(dataFileSchema).readonly().exactOptional(),
  }),
  /** With which it began. */
  engine: engineSchema,
  /** Those with which it went on where a person wanted another, in that order. `fromEpoch`: the first that each had a part in. */
  laterEngines: z
    .array(engineSchema.extend({ fromEpoch: z.int().min(0) }))
    .readonly()
    .exactOptional(),
  /** Absent where batches are computed at once. */
  microBatch: microBatchSchema.exactOptional(),
  /** By program: epochlens, node, and what else may explain a difference. */
  versions: z.record(z.string(), z.string()),
  /** Where its checkpoints came from, if they were not trained here: there is nothing then to resume. */
  imported: z
    .object({
      from: z.string(),
      files: z.array(importedFileSchema).readonly(),
    })
    .exactOptional(),
  /** Which library trains it, where a process that is not EpochLens's writes its epochs. */
  watched: z.object({ by: z.string() }).exactOptional(),
  /** See `manifestSum`; absent in runs of older versions. */
  sum: z.string().exactOptional(),
});

export type RunManifest = Omit<z.output<typeof runManifestSchema>, 'study' | 'studyHash' | 'cell'> & {
  study: Study;
  studyHash: string;
  cell?: CellOfRun;
};

/** Which cell of a sweep a run is of. */
export type CellOfRun = Pick<Cell, 'recipe' | 'seed' | 'settings'>;

/** The JSON of run.json as it is, with fields that this version may not know. */
export type StoredManifest = Readonly<Record<string, unknown>> & { readonly studyFile: string };

/**
 * Every writing of run.json, with its own sum in it.
 * @param manifest a `RunManifest`, or what run.json held with a field changed
 * @throws WorkError
 */
export async function writeManifest(folder: string, manifest: RunManifest | StoredManifest): Promise<void> {
  await write(folder, { ...manifest, sum: manifestSum(manifest) });
}

/** As of a run of an older version, for which nobody vouches. @throws WorkError */
export async function writeUnvouchedManifest(folder: string, manifest: StoredManifest): Promise<void> {
  await write(folder, manifest);
}

async function write(folder: string, manifest: object): Promise<void> {
  await writeFileAtomically(runPaths(folder).manifest, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** sha256, in hex, of all the other fields as they stand in the file, those of a newer program too. */
export function manifestSum(fields: object): string {
  return jsonHash(Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'sum')));
}
