/** Checkpoints told apart by their content: what was computed from one is never shown of another. */
import { WorkError } from '../../common/errors';
import type { Checkpoint as RunCheckpoint } from '../../runs';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import { parseCheckpoint, readWeightsFile } from './checkpoint';
import { parseSafetensors } from './safetensors';
import { createKept } from '../kept';
import { fileStamp } from '../stamp';

/** A checkpoint of a run, and the sha256 of its file. */
export interface HashedCheckpoint extends RunCheckpoint {
  readonly hash: string;
}

const HASHES = createKept<string>({ most: 10_000, idleMilliseconds: 3_600_000 });

export async function hashCheckpoint(checkpoint: RunCheckpoint): Promise<HashedCheckpoint> {
  const { path } = checkpoint;
  const make = async () => sha256(await readWeightsFile(path));
  const stamp = await fileStamp(path).catch(() => path);
  return { ...checkpoint, hash: await HASHES.use(stamp, make, (hash) => hash) };
}

/** @throws WorkError where the file is no longer the one that was hashed */
export async function readHashedCheckpoint({ path, hash }: HashedCheckpoint, model: Model): Promise<Weights> {
  const bytes = await readWeightsFile(path);
  if ((await sha256(bytes)) !== hash) {
    throw new WorkError('the checkpoint was replaced while it was looked at', { file: path, advice: 'Try again.' });
  }
  return parseCheckpoint(parseSafetensors(bytes, path), path, model).weights;
}

/** In hexadecimal; computed beside the thread that answers. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)).toString('hex');
}
