/** Files that were read for one purpose and will be needed for another, so that they are not read twice. */

export interface FileCache {
  /** Keeps it, if there is room: what came first is wanted first. */
  put(name: string, bytes: Uint8Array): void;
  /** Hands it over, and keeps it no longer. */
  take(name: string): Uint8Array | undefined;
}

export function createFileCache({
  mostBytes,
  idleMilliseconds,
}: {
  readonly mostBytes: number;
  /** Since the last was held: then nobody will ask for them. */
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
