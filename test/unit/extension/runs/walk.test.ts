/** Looking for studies and runs without VS Code's search. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { walk } from '../../../../src/extension/runs/walk';

let root: string;
const at = (...names: string[]): string => join(root, ...names);
const options = { excluded: new Set(['node_modules', '.git']), most: 1000, signal: new AbortController().signal };

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'epochlens-walk-'));
  for (const folder of ['a/b/c', 'a/.epochlens/runs/s/1', 'node_modules/x', '.git/x', 'wide'])
    await mkdir(at(folder), { recursive: true });
  for (const folder of ['.', 'a/b/c', 'node_modules/x', '.git/x', 'a/.epochlens/runs'])
    await writeFile(at(folder, 's.epochlens.json'), '{}');
  await symlink(root, at('a', 'b', 'back'));
  await symlink(at('nowhere'), at('a', 'dangling'));
  for (let count = 0; count < 100; count++) await mkdir(at('wide', String(count)));
});
afterAll(() => rm(root, { recursive: true }));

test('finds them at every depth, each folder once, and leaves out what is excluded', async () => {
  const { studies, withRuns, cutShort } = await walk([root], options);
  expect(studies).toEqual([at('a', 'b', 'c', 's.epochlens.json'), at('s.epochlens.json')].sort());
  expect(withRuns).toEqual([at('a')]);
  expect(cutShort).toBe(false);
});

test('ends after as many folders as it may look into, those near the top first', async () => {
  const { studies, folders, cutShort } = await walk([root], { ...options, most: 10 });
  expect(cutShort).toBe(true);
  expect(folders).toBeLessThan(10 + 16);
  expect(studies).toContain(at('s.epochlens.json'));
});

test('ends when it is cancelled, and finds nothing in a folder that is not there', async () => {
  const cancelled = await walk([root], { ...options, signal: AbortSignal.abort() });
  expect(cancelled).toMatchObject({ studies: [], folders: 0, cutShort: false });
  expect((await walk([at('nowhere')], options)).studies).toEqual([]);
});
