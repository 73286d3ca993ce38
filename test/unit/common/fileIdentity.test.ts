import { link, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { disregardsCase, fileIdentity, isSameFile, type FileIdentity } from '../../../src/common/fileIdentity';
import { shellWord } from '../../../src/common/shellWord';

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'identity-')));
  await writeFile(join(folder, 'file'), '');
});
afterAll(() => rm(folder, { recursive: true }));

const same = async (a: string, b: string): Promise<boolean> =>
  isSameFile(await fileIdentity(join(folder, a)), await fileIdentity(join(folder, b)));

it('goes through links to files and folders, and no further where they lead nowhere', async () => {
  await mkdir(join(folder, 'inner'));
  await symlink('..', join(folder, 'inner', 'up'));
  await symlink('file', join(folder, 'link'));
  await symlink('loop', join(folder, 'loop'));
  await link(join(folder, 'file'), join(folder, 'hard'));
  expect(await same('file', 'link')).toBe(true);
  expect(await same('file', 'inner/up/inner/up/file')).toBe(true);
  expect(await same('absent', 'inner/up/absent')).toBe(true);
  expect(await same('file', 'hard')).toBe(false);
  expect(await same('loop', 'file')).toBe(false);
  expect((await fileIdentity(join(folder, 'loop'))).inode).toBeUndefined();
});

it('disregards normalization where one is absent, and what the file system disregards where both are there', () => {
  const file = (path: string, inode?: string): FileIdentity => ({ path, inode });
  expect(isSameFile(file('/p/Fu\u0308', '1:2'), file('/p/Fü'))).toBe(true);
  expect(isSameFile(file('/p/Fu\u0308', '1:2'), file('/p/Fü', '1:3'))).toBe(false);
  expect(isSameFile(file('/p/Fu\u0308', '1:2'), file('/p/Fü', '1:2'))).toBe(true);
  expect(isSameFile(file('/p/S', '1:2'), file('/p/s', '1:2'))).toBe(true);
  expect(isSameFile(file('/p/S', '1:2'), file('/p/s', '1:3'))).toBe(false);
  expect(isSameFile(file('/p/S'), file('/p/s', '1:2'))).toBe(false);
});

it('knows whether case counts', async () => {
  const found = await fileIdentity(join(folder, 'FILE'));
  expect(await disregardsCase(join(folder, 'file'))).toBe(found.inode !== undefined);
});

it('a word for a shell is in quotes where it has to be', () => {
  expect(['a/Füße-1.json', 'a b', "it's", '$x', ''].map(shellWord)).toEqual([
    'a/Füße-1.json',
    "'a b'",
    String.raw`'it'\''s'`,
    "'$x'",
    "''",
  ]);
});
