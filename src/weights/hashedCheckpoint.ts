/** Checkpoints told apart by their content: what was computed from one is never shown of another. */
import { InputError, WorkError } from '../common/errors';
import { assertVouched, type VouchedCheckpoint } from '../runs';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import { parseCheckpoint } from './checkpoint';
import { readWeightsFile } from './file';
import { parseSafetensors } from './safetensors';
import { inParallel } from '../common/inParallel';
import { createCache } from '../common/cache';
import { fileStamp } from '../common/fileStamp';
import { createFileCache } from './fileCache';
import { sha256 } from './sha256';

/** A checkpoint of a run, and the sha256 of its file. */
export interface HashedCheckpoint extends VouchedCheckpoint {
  /** What the file must say of itself where nobody vouches for it; undefined where its sum says that it is the right one. */
  readonly unvouchedEpoch: number | undefined;
  readonly hash: string;
}

/** Files in memory at a time, and as many as hashing can use of a small machine. */
const AT_ONCE = 2;

const HASHES = createCache<string>({ most: 10_000, idleMilliseconds: 3_600_000 });
/** Of small models every checkpoint, of large ones the first few, which are computed first. */
const FILES_JUST_HASHED = createFileCache({ mostBytes: 64_000_000, idleMilliseconds: 20_000 });

/** In their order. @throws InputError where a file cannot be read, or is not as it was written */
export function hashCheckpoints(checkpoints: readonly VouchedCheckpoint[]): Promise<HashedCheckpoint[]> {
  return inParallel(checkpoints, hashCheckpoint, AT_ONCE);
}

export async function hashCheckpoint(checkpoint: VouchedCheckpoint): Promise<HashedCheckpoint> {
  const { path } = checkpoint;
  const make = async () => {
    const bytes = await readWeightsFile(path);
    const hash = await sha256(bytes);
    FILES_JUST_HASHED.put(cacheName(path, hash), bytes);
    return hash;
  };
  const stamp = await fileStamp(path).catch(() => path);
  const hash = await HASHES.use(stamp, make, (found) => found);
  assertVouched(path, checkpoint.voucher, hash);
  return { ...checkpoint, hash, unvouchedEpoch: unvouchedEpoch(checkpoint) };
}

function unvouchedEpoch({ voucher, epoch }: VouchedCheckpoint): number | undefined {
  return voucher.sums === undefined ? epoch : undefined;
}

/** What a file held when it was hashed, where it is still in memory: for whoever asks first. */
export function cachedBytes({ path, hash }: Pick<HashedCheckpoint, 'path' | 'hash'>): Uint8Array | undefined {
  return FILES_JUST_HASHED.take(cacheName(path, hash));
}

function cacheName(path: string, hash: string): string {
  return `${hash} ${path}`;
}

/** @throws InputError where the file cannot be read, is not as it was written, or was made with another input */
export async function readRunCheckpoint(checkpoint: VouchedCheckpoint, model: Model): Promise<Weights> {
  const bytes = await readWeightsFile(checkpoint.path);
  assertVouched(checkpoint.path, checkpoint.voucher, await sha256(bytes));
  return parseRunCheckpoint(bytes, { ...checkpoint, unvouchedEpoch: unvouchedEpoch(checkpoint) }, model);
}

/** @throws InputError; WorkError where the file is no longer the one that was hashed */
export async function readHashedCheckpoint(checkpoint: CheckpointContent, model: Model): Promise<Weights> {
  const bytes = await readWeightsFile(checkpoint.path);
  if ((await sha256(bytes)) !== checkpoint.hash) {
    throw new WorkError('the checkpoint was replaced while it was looked at', {
      file: checkpoint.path,
      advice: 'Try again.',
    });
  }
  return parseRunCheckpoint(bytes, checkpoint, model);
}

/** What is needed of a hashed checkpoint to read it. */
export type CheckpointContent = Pick<HashedCheckpoint, 'path' | 'hash' | 'normalization' | 'unvouchedEpoch'>;

/** From the content of a run's file. @throws InputError, also where it names another input than the run's */
export function parseRunCheckpoint(
  bytes: Uint8Array,
  { path, normalization, unvouchedEpoch: epoch }: Omit<CheckpointContent, 'hash'>,
  model: Model,
): Weights {
  const {
    weights,
    network: { metadata },
  } = parseCheckpoint({ dicts: [parseSafetensors(bytes, path)] }, { path }, model);
  const run = {
    mean: normalization.mean.join(),
    std: normalization.std.join(),
    inputSize: String(model.inputSize),
    ...(epoch === undefined ? {} : { epoch: String(epoch) }),
  };
  for (const [name, expected] of Object.entries(run)) {
    const found = metadata[name];
    // Imported files do not say how their inputs were made.
    if (found !== undefined && found !== expected) throw notOfThisRun(path, name, found, expected);
  }
  return weights;
}

function notOfThisRun(file: string, place: string, found: string, expected: string): InputError {
  return new InputError(
    place === 'epoch'
      ? 'the checkpoint is of another epoch than its name says'
      : "the checkpoint was made with another input than its run's",
    {
      file,
      place,
      found,
      expected: place === 'epoch' ? expected : `${expected}, as in run.json`,
      advice: 'One of the two was changed: restore it from a copy.',
    },
  );
}
