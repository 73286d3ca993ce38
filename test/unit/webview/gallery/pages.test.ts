import { describe, expect, it, vi } from 'vitest';
import { createPages, PAGE_IMAGES, pagesAround, type PixelBlock } from '../../../../webview/gallery/pages';

const block: PixelBlock = { height: 1, width: 1, pixels: new Uint8Array(3) };
const all = Uint32Array.from({ length: 60_000 }, (_, index) => index);

function fixture(fetch: (indices: number[]) => Promise<PixelBlock> = () => Promise.resolve(block)) {
  const asked: number[][] = [];
  const onFailed = vi.fn();
  const pages = createPages<number>({
    fetch: (_, indices) => {
      asked.push(indices);
      return fetch(indices);
    },
    keep: (_, images) => images,
    onArrived: () => undefined,
    onFailed,
    isPassing: (error) => (error as Error).message === 'gone',
  });
  return { asked, onFailed, pages, settle: () => vi.waitFor(() => expect(asked.length).toBeGreaterThan(0)) };
}

const soon = () => new Promise((done) => setTimeout(done, 0));

describe('pages of pixels', () => {
  it('come for what is in sight first, then around it', () => {
    expect(pagesAround(600, 700, 60_000)).toEqual([2, 3, 1, 4]);
    expect(pagesAround(0, 300, 500)).toEqual([0, 1]);
  });

  it('are asked for once, a few at a time', async () => {
    const { asked, pages } = fixture();
    pages.want('train', all, 0, 100);
    pages.want('train', all, 0, 100);
    expect(asked.map(([first]) => first)).toEqual([0, PAGE_IMAGES, 2 * PAGE_IMAGES]);
    await soon();
    pages.want('train', all, 0, 100);
    expect(asked).toHaveLength(3);
    expect(pages.find('train', 5)).toEqual({ kept: PAGE_IMAGES, row: 5 });
    expect(pages.find('test', 5)).toBeUndefined();
  });

  it('lack only what is not there: another filter shows images that were fetched', async () => {
    const { asked, pages } = fixture();
    pages.want('test', Uint32Array.of(1, 3, 5), 0, 3);
    await soon();
    pages.want('test', Uint32Array.of(3, 4, 5, 6), 0, 4);
    expect(asked).toEqual([
      [1, 3, 5],
      [4, 6],
    ]);
  });

  it('are given up, the least recently seen first', async () => {
    const { pages } = fixture();
    for (let page = 0; page < 60; page++) {
      pages.want('train', all.subarray(page * PAGE_IMAGES, (page + 1) * PAGE_IMAGES), 0, 10);
      await soon();
      // Seen again and again.
      pages.find('train', 0);
    }
    expect(pages.find('train', 0)).toBeDefined();
    expect(pages.find('train', PAGE_IMAGES)).toBeUndefined();
    expect(pages.find('train', 59 * PAGE_IMAGES)).toBeDefined();
  });

  it('are not asked for again after a failure, until that is wished', async () => {
    const { asked, onFailed, pages } = fixture(() => Promise.reject(new Error('the file is cut short')));
    pages.want('test', all, 0, 10);
    await soon();
    pages.want('test', all, 0, 10);
    expect(onFailed).toHaveBeenCalled();
    const before = asked.length;
    pages.retry();
    pages.want('test', all, 0, 10);
    expect(asked.length).toBeGreaterThan(before);
  });

  it('are asked for again by themselves when the process that answers was gone', async () => {
    let gone = true;
    const { onFailed, pages } = fixture(() => (gone ? Promise.reject(new Error('gone')) : Promise.resolve(block)));
    pages.want('test', Uint32Array.of(1), 0, 1);
    await new Promise((done) => setTimeout(done, 450));
    gone = false;
    pages.want('test', Uint32Array.of(1), 0, 1);
    await soon();
    expect(onFailed).not.toHaveBeenCalled();
    expect(pages.find('test', 1)).toBeDefined();
  });
});
