/** Checkpoints told apart by their content: what was computed from one is never shown of another. */
import { WorkError } from '../../common/errors';
import type { Checkpoint as RunCheckpoint } from '../../runs';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import { parseCheckpoint, readWeightsFile } from './checkpoint';
import { parseSafetensors } from './safetensors';
import { inParallel } from '../inParallel';
import { createKept } from '../kept';
import { fileStamp } from '../stamp';
import { createHeldFiles } from './heldFiles';

/** A checkpoint of a run, and the sha256 of its file. */
export interface HashedCheckpoint extends RunCheckpoint {
  readonly hash: string;
}

/** Files in memory at a time, and as many as hashing can use of a small machine. */
const AT_ONCE = 2;

const HASHES = createKept<string>({ most: 10_000, idleMilliseconds: 3_600_000 });
/** Of small models every checkpoint, of large ones the first few, which are computed first. */
const HELD = createHeldFiles({ mostBytes: 64_000_000, idleMilliseconds: 20_000 });

/** In their order. @throws InputError where a file cannot be read */
export function hashCheckpoints(checkpoints: readonly RunCheckpoint[]): Promise<HashedCheckpoint[]> {
  return inParallel(checkpoints, hashCheckpoint, AT_ONCE);
}

export async function hashCheckpoint(checkpoint: RunCheckpoint): Promise<HashedCheckpoint> {
  const { path } = checkpoint;
  const make = async () => {
    const bytes = await readWeightsFile(path);
    const hash = await sha256(bytes);
    HELD.hold(heldName(path, hash), bytes);
    return hash;
  };
  const stamp = await fileStamp(path).catch(() => path);
  return { ...checkpoint, hash: await HASHES.use(stamp, make, (hash) => hash) };
}

/** What a file held when it was hashed, where it is still in memory: for whoever asks first. */
export function heldBytes({ path, hash }: Pick<HashedCheckpoint, 'path' | 'hash'>): Uint8Array | undefined {
  return HELD.take(heldName(path, hash));
}

function heldName(path: string, hash: string): string {
  return `${hash} ${path}`;
}

/** @throws InputError; WorkError where the file is no longer the one that was hashed */
export async function readHashedCheckpoint(
  { path, hash }: Pick<HashedCheckpoint, 'path' | 'hash'>,
  model: Model,
): Promise<Weights> {
  const bytes = await readWeightsFile(path);
  if ((await sha256(bytes)) !== hash) {
    throw new WorkError('the checkpoint was replaced while it was looked at', { file: path, advice: 'Try again.' });
  }
  return parseRunCheckpoint(bytes, path, model);
}

/** From the content of a run's file. @throws InputError */
export function parseRunCheckpoint(bytes: Uint8Array, path: string, model: Model): Weights {
  return parseCheckpoint(parseSafetensors(bytes, path), path, model).weights;
}

/** In hexadecimal; computed beside the thread that answers. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)).toString('hex');
}
