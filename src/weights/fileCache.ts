/** A cache of files' bytes between two readers, so that a file which is hashed first and parsed later is read once. */

export interface FileCache {
  /** Caches the bytes where there is room. Readers come in the order of the files, so that nothing is evicted for it. */
  put(name: string, bytes: Uint8Array): void;
  /** Returns the bytes and removes them from the cache. */
  take(name: string): Uint8Array | undefined;
}

export function createFileCache({
  mostBytes,
  idleMilliseconds,
}: {
  readonly mostBytes: number;
  /** The cache is emptied so long after the last `put`. */
  readonly idleMilliseconds: number;
}): FileCache {
  const files = new Map<string, Uint8Array>();
  let timer: NodeJS.Timeout | undefined;
  let total = 0;

  function take(name: string): Uint8Array | undefined {
    const bytes = files.get(name);
    files.delete(name);
    total -= bytes?.length ?? 0;
    return bytes;
  }

  return {
    take,
    put(name, bytes) {
      take(name);
      if (total + bytes.length > mostBytes) return;
      files.set(name, bytes);
      total += bytes.length;
      clearTimeout(timer);
      timer = setTimeout(() => {
        files.clear();
        total = 0;
      }, idleMilliseconds).unref();
    },
  };
}
