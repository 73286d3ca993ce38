/** A lock whose folder others make and remove at the same time. */
import { mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lockRun } from '../../../src/runs';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'epochlens-lock-folder-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

it('is had though another removes the folder whenever it is empty', async () => {
  const folder = join(parent, 'held');
  const over = new AbortController();
  let removed = 0;
  const remover = (async () => {
    while (!over.signal.aborted) {
      await rmdir(folder).then(
        () => removed++,
        () => undefined,
      );
      await setTimeout(2 + 20 * Math.random());
    }
  })();
  while (removed < 3) {
    const lock = await lockRun(folder, 'ledger');
    await lock.assertHeld();
    await lock.release();
  }
  over.abort();
  await remover;
  expect(await readdir(parent).then((names) => names.filter((name) => name !== 'held'))).toEqual([]);
});
