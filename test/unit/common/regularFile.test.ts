import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRegularFile, readRegularFile } from '../../../src/common/regularFile';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regular-'));
  path = join(folder, 'a');
});
afterEach(() => rm(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')('readRegularFile', () => {
  it('reads a file, through links too', async () => {
    await writeFile(path, 'text');
    await symlink(path, join(folder, 'link'));
    expect((await readRegularFile(join(folder, 'link'))).toString()).toBe('text');
    expect((await readRegularFile(path, 4)).toString()).toBe('text');
  });

  it('refuses at once what would block or never end', async () => {
    execFileSync('mkfifo', [path]);
    await expect(readRegularFile(path)).rejects.toThrow(/a: not a file: found a FIFO, expected a file/);
    await symlink('/dev/zero', join(folder, 'zero'));
    await expect(readRegularFile(join(folder, 'zero'))).rejects.toThrow(/found a device/);
    await mkdir(join(folder, 'b'));
    await expect(readRegularFile(join(folder, 'b'))).rejects.toThrow(/found a folder/);
    const server = createServer().listen(join(folder, 's'));
    await expect(readRegularFile(join(folder, 's'))).rejects.toThrow(/found a socket/);
    server.close();
  });

  it('refuses what is too large before reading it, and leaves other failures as they are', async () => {
    await writeFile(path, 'text');
    await expect(readRegularFile(path, 3)).rejects.toThrow(/too large.*found 4 bytes, expected at most 3/);
    await expect(readRegularFile(join(folder, 'absent'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('opens for appending, and makes no more than the file', async () => {
    const file = await openRegularFile(path, 'a+');
    await file.appendFile('x');
    await file.close();
    expect(await readdir(folder)).toEqual(['a']);
    await rm(path);
    execFileSync('mkfifo', [path]);
    await expect(openRegularFile(path, 'a+')).rejects.toThrow(/found a FIFO/);
  });
});
