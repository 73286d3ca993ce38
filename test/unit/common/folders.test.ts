import { mkdtemp, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkError } from '../../../src/common/errors';
import { makeFolder } from '../../../src/common/folders';

describe('makeFolder', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'epochlens-folders-'));
  });

  afterEach(() => rm(root, { recursive: true }));

  it('makes the folders above too, and answers the topmost it made', async () => {
    expect(await makeFolder(join(root, 'a', 'b', 'c'))).toBe(join(root, 'a'));
    expect(await makeFolder(join(root, 'a', 'b', 'd'))).toBe(join(root, 'a', 'b', 'd'));
    expect(await makeFolder(join(root, 'a', 'b', 'd'))).toBeUndefined();
    expect(await makeFolder('/')).toBeUndefined();
  });

  it('lets many make the same one at once', async () => {
    const path = join(root, 'x', 'y', 'z');
    await Promise.all(Array.from({ length: 20 }, () => makeFolder(path)));
    expect(await makeFolder(path)).toBeUndefined();
  });

  it('makes one that others make and remove at the same time', async () => {
    const folder = join(root, 'lock');
    const useOften = async (): Promise<void> => {
      for (let time = 0; time < 150; time++) {
        await makeFolder(folder);
        await rmdir(folder).catch(() => undefined);
      }
    };
    await Promise.all([useOften(), useOften(), useOften(), useOften()]);
  });

  it('names a link that leads nowhere', async () => {
    const link = join(root, 'link');
    await symlink('nowhere', link);
    await expect(makeFolder(link)).rejects.toThrow(/link: the folder cannot be made/);
  });

  it('names the folder that cannot be made', async () => {
    await writeFile(join(root, 'file'), '');
    for (const path of [join(root, 'file'), join(root, 'file', 'below')]) {
      await expect(makeFolder(path)).rejects.toThrow(WorkError);
      await expect(makeFolder(path)).rejects.toMatchObject({
        message: expect.stringContaining(`${basename(path)}: the folder cannot be made`) as string,
        problem: { file: path },
      });
    }
  });

  it.skipIf(process.platform !== 'linux')('ends in a file system that makes no folders', async () => {
    await expect(makeFolder('/proc/epochlens/run')).rejects.toThrow(/^run: .*ENOENT.*\(\/proc\/epochlens\/run\)$/);
  });
});
