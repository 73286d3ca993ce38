import { createHash } from 'node:crypto';
import { createCache } from '../../common/cache';
import { CancelledError } from '../../common/errors';
import { fileStamp } from '../../common/fileStamp';
import { readRows, type NpyFile } from './file';
import { typeName } from './header';

/** By the stamps of the files: nothing is hashed twice while it stays as it is. */
const HASHES = createCache<string>({ most: 5000, idleMilliseconds: 3_600_000 });

/** So much is read at once, in bytes. */
const PART = 1 << 22;

/**
 * SHA-256, hexadecimal, of the element type and a row's shape, as `["uint8",32,32,3]`, and of the bytes of `count` rows from
 * `first` on.
 * @throws InputError, CancelledError
 */
export async function hashRows(file: NpyFile, first: number, count: number, signal?: AbortSignal): Promise<string> {
  const row = JSON.stringify([typeName(file.type), ...file.shape.slice(1)]);
  const compute = async (): Promise<string> => {
    const hash = createHash('sha256').update(row);
    const part = Math.max(1, Math.floor(PART / file.rowBytes));
    for (let at = 0; at < count; at += part) {
      if (signal?.aborted === true) throw new CancelledError();
      hash.update(await readRows(file, first + at, Math.min(part, count - at)));
    }
    return hash.digest('hex');
  };
  return HASHES.use(`${await fileStamp(file.path)} ${row} ${first}+${count}`, compute, (sha256) => sha256);
}
