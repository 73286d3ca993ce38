import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tailOf } from '../../../../src/extension/sweep/sweepLog';

let folder = '';
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'epochlens-log-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the end of a log begins with a whole line', async () => {
  const log = join(folder, 'log.txt');
  await writeFile(log, 'first\nsecond\nthird\n');
  expect(await tailOf(log)).toBe('first\nsecond\nthird\n');
  // The last ten bytes are "ond\nthird\n".
  expect(await tailOf(log, 10)).toBe('third\n');
});

test('a line that was written over counts as it was in the end', async () => {
  const log = join(folder, 'progress.txt');
  await writeFile(log, 'epoch 1: 10 %\repoch 1: 90 %\nepoch 2\r\n');
  expect(await tailOf(log)).toBe('epoch 1: 90 %\nepoch 2\n');
});

test('no log is no text', async () => {
  expect(await tailOf(join(folder, 'absent.txt'))).toBeUndefined();
});
