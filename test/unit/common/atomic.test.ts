import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileAtomically, writeFileAtomically } from '../../../src/common/atomic';
import { canonicalJson } from '../../../src/common/canonicalJson';
import { WorkError } from '../../../src/common/errors';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function failure(path: string): Promise<WorkError> {
  const error: unknown = await writeFileAtomically(path, 'x').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WorkError);
  return error as WorkError;
}

describe('writeFileAtomically', () => {
  it('replaces texts and bytes, and leaves nothing else', async () => {
    const path = join(folder, 'a');
    await writeFileAtomically(path, 'old');
    await writeFileAtomically(path, Uint8Array.of(1, 2));
    expect([...(await readFile(path))]).toEqual([1, 2]);
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('lets a reader see only whole contents', async () => {
    const path = join(folder, 'a');
    await writeFileAtomically(path, 'a'.repeat(100_000));
    const writes = ['b', 'c', 'd'].map((letter) => writeFileAtomically(path, letter.repeat(100_000)));
    for (let i = 0; i < 20; i++) expect(new Set(await readFile(path, 'utf8')).size).toBe(1);
    await Promise.all(writes);
  });

  it('takes names as long as the file system does', async () => {
    const names = ['a'.repeat(255), 'é'.repeat(127), '🙂'.repeat(63)];
    for (const name of names) await writeFileAtomically(join(folder, name), 'x');
    expect((await readdir(folder)).sort()).toEqual([...names].sort());
  });

  it('names the file and what to do, and removes its temporary', async () => {
    await mkdir(join(folder, 'taken'));
    const error = await failure(join(folder, 'taken'));
    expect(error.problem).toMatchObject({ file: join(folder, 'taken') });
    expect(await readdir(folder)).toEqual(['taken']);
    const absent = await failure(join(folder, 'absent', 'a'));
    expect(absent.problem.advice).toContain('does not exist');
    expect(absent.message).not.toContain('.tmp');
    await writeFile(join(folder, 'file'), '');
    expect((await failure(join(folder, 'file', 'a'))).problem.advice).toContain('is a file, not a folder');
  });

  it.skipIf(process.getuid?.() === 0)('says that a folder is not writable', async () => {
    await chmod(folder, 0o500);
    expect((await failure(join(folder, 'a'))).problem.advice).toContain('may write into');
    await chmod(folder, 0o700);
  });
});

describe('createFileAtomically', () => {
  it('makes a file once, and leaves what is there, also a link that leads nowhere', async () => {
    const path = join(folder, 'a');
    const tried = await Promise.all(['1', '2', '3', '4'].map((text) => createFileAtomically(path, text)));
    expect(tried.filter(Boolean)).toHaveLength(1);
    expect(await readFile(path, 'utf8')).toBe(String(1 + tried.indexOf(true)));
    await symlink(join(folder, 'outside'), join(folder, 'link'));
    expect(await createFileAtomically(join(folder, 'link'), 'x')).toBe(false);
    expect((await readdir(folder)).sort()).toEqual(['a', 'link']);
  });

  it('writes whole contents only', async () => {
    const path = join(folder, 'a');
    const writing = createFileAtomically(path, 'a'.repeat(1_000_000));
    while (!existsSync(path)) await new Promise(setImmediate);
    expect((await stat(path)).size).toBe(1_000_000);
    expect(await writing).toBe(true);
  });
});

describe('canonicalJson', () => {
  it('sorts keys at every depth and drops absent fields', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[{"d":1}]}');
  });
});
