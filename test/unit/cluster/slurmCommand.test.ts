/** How Slurm's programs fail, by programs of their names in a folder of ours. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { slurmCommand } from '../../../src/cluster';

const { PATH } = process.env;

describe.skipIf(process.platform === 'win32')('a program of Slurm', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'epochlens-sbatch-'));
    process.env['PATH'] = folder;
  });
  afterEach(async () => {
    process.env['PATH'] = PATH;
    await rm(folder, { recursive: true });
  });

  const put = async (body: string, mode = 0o755): Promise<void> => {
    await writeFile(join(folder, 'sbatch'), `#!/bin/sh\n${body}\n`);
    await chmod(join(folder, 'sbatch'), mode);
  };
  const sbatch = (): Promise<string> => slurmCommand(null, 'sbatch', ['--version']);

  it('is not there where there is none that may be run', async () => {
    const none = /there is no sbatch on this machine: expected Slurm’s commands in PATH\. .*--host/;
    await expect(sbatch()).rejects.toThrow(none);
    await put('echo 7', 0o644);
    await expect(sbatch()).rejects.toThrow(none);
    await put('echo 7');
    expect(await sbatch()).toBe('7\n');
  });

  it('fails by its own words, else by its code or the signal that ended it', async () => {
    await put('echo "sbatch: error: no" >&2; exit 1');
    await expect(sbatch()).rejects.toThrow(/^sbatch on this machine failed: found sbatch: error: no$/);
    await put('exit 3');
    await expect(sbatch()).rejects.toThrow(/found exit code 3$/);
    await put('kill -9 $$');
    await expect(sbatch()).rejects.toThrow(/found an end by SIGKILL$/);
  });

  it('answers by what is asked of it, whatever a person’s environment leaves out', async () => {
    process.env['SQUEUE_PARTITION'] = 'gpu';
    process.env['SQUEUE_FORMAT'] = '%i';
    try {
      await writeFile(join(folder, 'squeue'), '#!/bin/sh\necho "$SQUEUE_PARTITION|$SQUEUE_FORMAT"\n', { mode: 0o755 });
      expect(await slurmCommand(null, 'squeue', [])).toBe('|%i\n');
      // A login node’s own, which ssh passes nothing to.
      await writeFile(join(folder, 'ssh'), '#!/bin/sh\nfor last; do :; done\neval "$last"\n', { mode: 0o755 });
      process.env['PATH'] = `${folder}:${PATH ?? ''}`;
      expect(await slurmCommand('login', 'squeue', [])).toBe('|%i\n');
    } finally {
      delete process.env['SQUEUE_PARTITION'];
      delete process.env['SQUEUE_FORMAT'];
    }
  });
});
