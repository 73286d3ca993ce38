/** The queue of a sweep: what each change makes of it, by hand, and that no change is lost. */
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changed } from '../../../src/sweeps/changeQueue';
import { changeQueue, emptyQueue, readQueue, sweepPaths, type QueueChange } from '../../../src/sweeps';

const EMPTY = emptyQueue('/w/s.epochlens.json');
const QUEUE = { ...EMPTY, order: ['a', 'b', 'c'], cancelled: ['x'] };

describe('a change of the queue', () => {
  it.each<[QueueChange, object]>([
    [{ add: ['c', 'd'] }, { order: ['a', 'b', 'c', 'd'] }],
    [{ add: ['x'] }, { order: ['a', 'b', 'c', 'x'], cancelled: [] }],
    [{ order: ['c', 'nobody', 'a'] }, { order: ['c', 'a', 'b'] }],
    [{ cancel: ['b', 'x'] }, { order: ['a', 'c'], cancelled: ['x', 'b'] }],
    [{ done: ['a', 'nobody'] }, { order: ['b', 'c'] }],
    [{ paused: true }, { paused: true }],
    [{ jobs: 3 }, { jobs: 3 }],
    [{ jobs: null }, { jobs: null }],
    [{ engine: 'embedded' }, { engine: 'embedded' }],
  ])('%j', (change, expected) => {
    expect(changed(QUEUE, change)).toEqual({ ...QUEUE, ...expected });
  });
});

describe('queue.json', () => {
  const newFolder = async (): Promise<string> =>
    join(await mkdtemp(join(tmpdir(), 'queue-')), '.epochlens', 'sweeps', 's');

  it('is absent before the first change, and keeps every one of many at once', async () => {
    const folder = await newFolder();
    expect(await readQueue(folder)).toBeUndefined();
    const ids = Array.from({ length: 6 }, (_, index) => `id${String(index)}`);
    await Promise.all(ids.map((id) => changeQueue(folder, '/w/s.epochlens.json', { add: [id] })));
    expect([...((await readQueue(folder))?.order ?? [])].sort()).toEqual([...ids].sort());
    // The lock's folder may stay, with nothing in it.
    const left = await readdir(folder, { recursive: true });
    expect(left.filter((name) => name !== 'queue-lock')).toEqual(['queue.json']);
  });

  it('is made anew where it is torn or not ours', async () => {
    const folder = await newFolder();
    await changeQueue(folder, '/w/s.epochlens.json', { add: ['a'] });
    await writeFile(sweepPaths(folder).queue, '{ "order": ["a"');
    expect(await readQueue(folder)).toBeUndefined();
    const queue = await changeQueue(folder, '/w/s.epochlens.json', { jobs: 2 });
    expect(queue).toEqual({ ...EMPTY, jobs: 2 });
  });
});
