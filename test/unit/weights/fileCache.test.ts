import { describe, expect, it } from 'vitest';
import { prefetch } from '../../../src/common/prefetch';
import { createFileCache } from '../../../src/weights/fileCache';

describe('ahead', () => {
  it('gives what was prepared in order, and has no more under way than it was told', async () => {
    const begun: number[] = [];
    const seen: [result: number, begun: number][] = [];
    const prepare = async (item: number): Promise<number> => {
      begun.push(item);
      // Later items are ready sooner.
      for (let i = item; i < 5; i++) await Promise.resolve();
      return 10 * item;
    };
    for await (const result of prefetch([0, 1, 2, 3, 4], 2, prepare)) seen.push([result, begun.length]);
    expect(seen).toEqual([
      [0, 3],
      [10, 4],
      [20, 5],
      [30, 5],
      [40, 5],
    ]);
  });

  it('tells what went wrong when its turn comes, after what came before it', async () => {
    const seen: number[] = [];
    const prepare = (item: number): Promise<number> =>
      item === 1 ? Promise.reject(new Error('the second')) : Promise.resolve(item);
    const all = async (): Promise<void> => {
      for await (const result of prefetch([0, 1, 2], 2, prepare)) seen.push(result);
    };
    await expect(all()).rejects.toThrow('the second');
    expect(seen).toEqual([0]);
  });

  it('prepares no more for whoever stops, and lets nobody hear of what fails then', async () => {
    const begun: number[] = [];
    const prepare = async (item: number): Promise<number> => {
      begun.push(item);
      await Promise.resolve();
      if (item === 2) throw new Error('nobody waits for it');
      return item;
    };
    for await (const result of prefetch([0, 1, 2, 3, 4, 5], 2, prepare)) if (result === 0) break;
    expect(begun).toEqual([0, 1, 2]);
  });
});

describe('files held', () => {
  const held = () => createFileCache({ mostBytes: 10, idleMilliseconds: 10_000 });

  it('are handed over once', () => {
    const files = held();
    const bytes = new Uint8Array(4);
    files.put('a', bytes);
    expect(files.take('a')).toBe(bytes);
    expect(files.take('a')).toBeUndefined();
  });

  it('are as many as there is room for, the first ones', () => {
    const files = held();
    for (const name of ['a', 'b', 'c']) files.put(name, new Uint8Array(4));
    expect(files.take('c')).toBeUndefined();
    // Their room is there again once they are taken, and what is held anew counts once.
    files.take('a');
    files.put('b', new Uint8Array(6));
    files.put('c', new Uint8Array(4));
    expect(['a', 'b', 'c'].map((name) => files.take(name)?.length)).toEqual([undefined, 6, 4]);
  });
});
