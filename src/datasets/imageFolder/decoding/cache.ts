/** Decoded pictures in memory, by the hash of their file and how they were brought to size. */

const MEGABYTES = Number(process.env['EPOCHLENS_PICTURE_CACHE_MB'] ?? 512);
const IDLE_MILLISECONDS = 120_000;

/**
 * The first that fit stay: of what is met in the same order again and again nothing would be left if the oldest made way.
 * Where nobody has asked for a while, all are dropped.
 */
export function createPictureCache(mostBytes: number) {
  const pictures = new Map<string, Uint8Array>();
  let bytes = 0;
  let idle: NodeJS.Timeout | undefined;

  function touched(): void {
    clearTimeout(idle);
    idle = setTimeout(() => {
      pictures.clear();
      bytes = 0;
    }, IDLE_MILLISECONDS).unref();
  }

  return {
    get(key: string): Uint8Array | undefined {
      return pictures.get(key);
    },
    put(key: string, pixels: Uint8Array): void {
      touched();
      if (bytes + pixels.length > mostBytes || pictures.has(key)) return;
      // A copy of its own: a part of a batch would keep all of the batch.
      pictures.set(key, pixels.slice());
      bytes += pixels.length;
    },
    touched,
    get bytes(): number {
      return bytes;
    },
  };
}

export const decodedPictures = createPictureCache(MEGABYTES * 2 ** 20);
