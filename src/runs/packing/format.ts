/**
 * A packed run: a gzipped tar whose first member, epochlens-pack.json, names every other with its size and SHA-256, in
 * their order. The same run gives the same bytes: no times, owners or permissions are kept.
 */
import * as z from 'zod';
import { STUDY_SUFFIX } from '../../study/fileName';

export const PACK_FORMAT = 1;
export const PACK_SUFFIX = '.epochlens-run.tar.gz';
export const MANIFEST_MEMBER = 'epochlens-pack.json';
/** The study file, under one name whatever it is called. */
export const STUDY_MEMBER = 'study.json';
export const RUN_PREFIX = 'run/';
export const RUN_MEMBER = `${RUN_PREFIX}run.json`;
export const BLOCK_BYTES = 512;

/** One of so many results takes about 130 bytes. */
export const MOST_MANIFEST_BYTES = 64_000_000;
export const MOST_TEXT_BYTES = 16_000_000;

/** Of a run, what is packed; and nothing else is taken out of an archive. From the run folder. */
const RUN_FILE = new RegExp(
  [
    '^(?:run\\.json|about\\.json|status\\.json|metrics\\.jsonl|steps\\.jsonl|sums\\.jsonl|log\\.txt|network\\.onnx',
    'checkpoints/epoch-\\d{3,6}\\.safetensors',
    'resume/(?:velocity-\\d{3,6}|stopped)\\.safetensors',
    'results/(?:[A-Za-z]{1,40}-[0-9a-f]{32}\\.(?:json|bin)|perturbations\\.json))$',
  ].join('|'),
);

export function isPackedFile(path: string): boolean {
  return RUN_FILE.test(path);
}

/** One part of a path, on any system: no separators, control characters, or names that mean a folder. */
const name = z
  .string()
  .min(1)
  .max(200)
  // eslint-disable-next-line no-control-regex
  .refine((text) => !/[\\/:*?"<>|\u0000-\u001f\u007f]|^\.|[. ]$/.test(text), 'not a name');

const memberSchema = z.object({
  path: z.string().refine((path) => path === STUDY_MEMBER || isRunMember(path), 'not a file of a run'),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type PackedMember = z.output<typeof memberSchema>;

function isRunMember(path: string): boolean {
  return path.startsWith(RUN_PREFIX) && isPackedFile(path.slice(RUN_PREFIX.length));
}

export const packManifestSchema = z.object({
  format: z.int().min(1),
  /** The run folder's name. */
  run: name,
  /** The study's name, which is its runs' folder's. */
  study: name,
  studyFile: name.refine((text) => text.endsWith(STUDY_SUFFIX), `does not end in ${STUDY_SUFFIX}`),
  members: z.array(memberSchema).min(1),
});
export type PackManifest = z.output<typeof packManifestSchema>;
