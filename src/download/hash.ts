import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CancelledError } from '../common/errors';

/** Of a file, hexadecimal. @throws CancelledError */
export async function sha256Of(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash, signal === undefined ? {} : { signal });
  } catch (error) {
    if (signal?.aborted === true) throw new CancelledError();
    throw error;
  }
  return hash.digest('hex');
}
