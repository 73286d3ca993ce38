/** A cache of some thousand images' pixels, requested in pages. The least recently visible pages are evicted first. */
import type { SetName } from '../../src/protocol/engine';

/** The number of images in a request. */
export const PAGE_IMAGES = 256;
/** Larger images are asked for in a size that tiles have. */
export const THUMBNAIL = 96;
/** As pictures, four bytes a pixel: 48 pages of 32×32 images take 50 MB. */
const MOST_BYTES = 200e6;
const MOST_PAGES = 48;
const MOST_UNDERWAY = 3;
const MOST_RETRIES = 3;
const RETRY_MILLISECONDS = 400;

export interface PixelBlock {
  readonly height: number;
  readonly width: number;
  /** RGB, 0 … 255, [images, height, width, 3]. */
  readonly pixels: Uint8Array;
}

/** A page in its cached form, such as a picture with all of its images. */
export interface Place<Cache> {
  readonly kept: Cache;
  /** The index of the image within its page. */
  readonly row: number;
}

export interface PagesOptions<Cache> {
  readonly fetch: (set: SetName, indices: number[], signal: AbortSignal) => Promise<PixelBlock>;
  readonly keep: (block: PixelBlock, images: number) => Cache;
  readonly onArrived: () => void;
  /** Nothing more is requested until `retry`. */
  readonly onFailed: (error: unknown) => void;
  /** Whether to retry silently, because the engine process is being restarted. */
  readonly isPassing: (error: unknown) => boolean;
}

interface Page<Cache> {
  readonly kept: Cache;
  readonly set: SetName;
  readonly indices: readonly number[];
  readonly bytes: number;
  lastSeen: number;
}

export interface Pages<Cache> {
  find(set: SetName, index: number): Place<Cache> | undefined;
  /** Requests what is missing of these positions and of those around them, the nearest first. */
  want(set: SetName, list: Uint32Array, first: number, end: number): void;
  /** Requests again after a failure. */
  retry(): void;
  dispose(): void;
}

export function createPages<Cache>(options: PagesOptions<Cache>): Pages<Cache> {
  const places = { test: new Map<number, [Page<Cache>, number]>(), train: new Map<number, [Page<Cache>, number]>() };
  const pages = new Set<Page<Cache>>();
  const underway = new Map<string, ReadonlySet<number>>();
  const controller = new AbortController();
  let clock = 0;
  let failures = 0;
  let stopped = false;

  function add(set: SetName, indices: number[], block: PixelBlock): void {
    const bytes = 4 * block.height * block.width * indices.length;
    const page: Page<Cache> = { kept: options.keep(block, indices.length), set, indices, bytes, lastSeen: ++clock };
    pages.add(page);
    indices.forEach((index, row) => places[set].set(index, [page, row]));
    // What is in sight takes a few pages.
    while (pages.size > MOST_PAGES || (pages.size > 4 && bytesOf(pages) > MOST_BYTES)) giveUp(leastRecent(pages));
  }

  function giveUp(page: Page<Cache>): void {
    pages.delete(page);
    for (const index of page.indices) if (places[page.set].get(index)?.[0] === page) places[page.set].delete(index);
  }

  async function fetch(key: string, set: SetName, indices: number[]): Promise<void> {
    underway.set(key, new Set(indices));
    try {
      add(set, indices, await options.fetch(set, indices, controller.signal));
      failures = 0;
    } catch (error) {
      if (controller.signal.aborted) return;
      if (options.isPassing(error) && ++failures <= MOST_RETRIES) await pause(RETRY_MILLISECONDS);
      else {
        stopped = true;
        options.onFailed(error);
      }
    } finally {
      underway.delete(key);
    }
    options.onArrived();
  }

  function missing(set: SetName, list: Uint32Array, page: number): number[] {
    const indices = [...list.subarray(page * PAGE_IMAGES, (page + 1) * PAGE_IMAGES)];
    const coming = [...underway].filter(([key]) => key.startsWith(set)).map(([, each]) => each);
    return indices.filter((index) => !places[set].has(index) && !coming.some((each) => each.has(index)));
  }

  return {
    find(set, index) {
      const place = places[set].get(index);
      if (place === undefined) return undefined;
      place[0].lastSeen = ++clock;
      return { kept: place[0].kept, row: place[1] };
    },
    want(set, list, first, end) {
      if (stopped || list.length === 0) return;
      for (const page of pagesAround(first, end, list.length)) {
        if (underway.size >= MOST_UNDERWAY) return;
        const indices = missing(set, list, page);
        if (indices.length > 0) void fetch(`${set} ${++clock}`, set, indices);
      }
    },
    retry() {
      stopped = false;
      failures = 0;
      options.onArrived();
    },
    dispose: () => controller.abort(),
  };
}

/** Visible positions first, then those after and before them. */
export function pagesAround(first: number, end: number, count: number): number[] {
  const from = Math.floor(first / PAGE_IMAGES);
  const to = Math.floor(Math.max(first, end - 1) / PAGE_IMAGES);
  const last = Math.floor((count - 1) / PAGE_IMAGES);
  const inSight = Array.from({ length: to - from + 1 }, (_, step) => from + step);
  return [...inSight, to + 1, from - 1, to + 2].filter((page) => page >= 0 && page <= last);
}

function bytesOf<Cache>(pages: ReadonlySet<Page<Cache>>): number {
  return [...pages].reduce((sum, { bytes }) => sum + bytes, 0);
}

function leastRecent<Cache>(pages: ReadonlySet<Page<Cache>>): Page<Cache> {
  return [...pages].reduce((oldest, page) => (page.lastSeen < oldest.lastSeen ? page : oldest));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
