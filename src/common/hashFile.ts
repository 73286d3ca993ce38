import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { CancelledError } from './errors';

export interface HashWatch {
  readonly signal?: AbortSignal | undefined;
  /** Told of bytes that were read. */
  readonly progress?: ((bytes: number) => void) | undefined;
}

/** The file's SHA-256, hexadecimal, a part at a time. @throws what reading throws, CancelledError */
export async function hashFile(path: string, { signal, progress }: HashWatch = {}): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    if (signal?.aborted === true) throw new CancelledError();
    hash.update(chunk);
    progress?.(chunk.length);
  }
  return hash.digest('hex');
}
