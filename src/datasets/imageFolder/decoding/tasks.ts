/** What threads do with picture files: whole lists of them, plain values in and out. */
import { createHash } from 'node:crypto';
import { isReportedError, messageOf } from '../../../common/errors';
import { readRegularFileNow } from '../../../common/regularFile';
import { decodeImage } from '../../../imageFiles';
import { bringToInput, type Resize } from '../../../imaging';

/** How pictures are brought to a square of `size` pixels a side. */
export interface Target {
  readonly size: number;
  readonly resize: Resize;
}

export interface PictureTask {
  /** Absolute. */
  readonly paths: readonly string[];
  /** Absent where nothing is decoded. */
  readonly target: Target | undefined;
  /** Whether the files' bytes are hashed. */
  readonly hashes: boolean;
}

export interface PictureResult {
  /** [n, size, size, 3]; zero where a picture cannot be used; empty without a target. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** SHA-256 of each file's bytes, [n, 32]; empty where none were asked for. */
  readonly hashes: Uint8Array<ArrayBuffer>;
  /** Why each cannot be used; null where it can. */
  readonly reasons: readonly (string | null)[];
}

/** Grey, which is about the mean of photographs. */
const FILL = [128, 128, 128] as const;
const MOST_BYTES = 512 * 2 ** 20;
const HASH_BYTES = 32;

export async function usePictures({ paths, target, hashes }: PictureTask): Promise<PictureResult> {
  const length = target === undefined ? 0 : target.size ** 2 * 3;
  const result = {
    pixels: new Uint8Array(paths.length * length),
    hashes: new Uint8Array(hashes ? paths.length * HASH_BYTES : 0),
    reasons: [] as (string | null)[],
  };
  for (const [at, path] of paths.entries()) {
    try {
      const bytes = readRegularFileNow(path, MOST_BYTES);
      if (hashes) result.hashes.set(createHash('sha256').update(bytes).digest(), at * HASH_BYTES);
      if (target !== undefined) {
        const picture = await decodeImage(bytes, path);
        result.pixels.set(bringToInput(picture, target.size, target.resize, FILL).pixels, at * length);
      }
      result.reasons.push(null);
    } catch (error) {
      result.reasons.push(reasonOf(error));
    }
  }
  return result;
}

function reasonOf(error: unknown): string {
  if (!isReportedError(error)) return messageOf(error);
  const { found } = error.problem;
  return found === undefined ? error.summary : `${error.summary}: ${found}`;
}
