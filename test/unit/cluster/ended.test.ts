/** Who is asked how tasks ended, by programs of Slurm's names in a folder of ours that print its own words. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endedTasks } from '../../../src/cluster/scheduler/ended';

describe.skipIf(process.platform === 'win32')('how tasks ended', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'epochlens-ended-'));
    await mkdir(join(root, 'bin'));
    vi.stubEnv('PATH', join(root, 'bin'));
    vi.stubEnv('EPOCHLENS_CACHE', join(root, 'cache'));
    await put('sacct', DISABLED);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(root, { recursive: true });
  });

  const put = async (name: string, body: string): Promise<void> => {
    const path = join(root, 'bin', name);
    await writeFile(path, `#!/bin/sh\necho ${name} >> '${join(root, 'calls')}'\n${body}\n`);
    await chmod(path, 0o755);
  };
  /** How often accounting was asked so far. */
  const asked = async (): Promise<number> =>
    (await readFile(join(root, 'calls'), 'utf8')).split('\n').filter((name) => name === 'sacct').length;
  const passes = async (minutes: number): Promise<void> => {
    const folder = join(root, 'cache', 'schedulers');
    const at = Date.now() / 1000 - 60 * minutes;
    for (const name of await readdir(folder)) await utimes(join(folder, name), at, at);
  };
  const look = async (...wanted: number[]): Promise<[string[], boolean]> => {
    const { tasks, isAll } = await endedTasks(null, '7', wanted);
    return [[...tasks].map(([index, { state }]) => `${String(index)} ${state}`), isAll];
  };

  const SHOWN = "echo 'JobId=8 ArrayJobId=7 ArrayTaskId=0 JobState=COMPLETED Reason=None NodeList=n1 ExitCode=0:0'";
  const FORGOTTEN = "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1";
  const AWAY = "echo 'slurm_load_jobs error: Unable to contact slurm controller (connect failure)' >&2; exit 1";
  const DISABLED = "echo 'Slurm accounting storage is disabled' >&2; exit 1";
  const REFUSED = "echo 'sacct: error: Problem talking to the database: Connection refused' >&2; exit 1";
  const ACCOUNTED = "printf '%s\\n' '7_0|RUNNING|0:0|n1' '7_1|OUT_OF_MEMORY|0:125|n2' '7_2|RUNNING|0:0|n2'";

  it('is not asked of accounting where the controller knows all that are wanted', async () => {
    await put('scontrol', SHOWN);
    expect(await look(0)).toEqual([['0 COMPLETED'], true]);
    expect(await asked()).toBe(0);
  });

  it('is asked of accounting where the controller knows others of the array alone, and is right of those', async () => {
    await put('scontrol', SHOWN);
    await put('sacct', ACCOUNTED);
    const [states, isAll] = await look(0, 1, 2);
    expect([states.sort(), isAll]).toEqual([['0 COMPLETED', '1 OUT_OF_MEMORY'], true]);
  });

  it('is open where the controller is away, and known to nobody where it has forgotten them', async () => {
    await put('scontrol', AWAY);
    expect(await look(0)).toEqual([[], false]);
    await put('scontrol', FORGOTTEN);
    expect(await look(0)).toEqual([[], true]);
  });

  it('is asked of no accounting for a day where Slurm says that there is none, or has no such program', async () => {
    await put('scontrol', FORGOTTEN);
    await look(0);
    await passes(23 * 60);
    expect([await look(0), await asked()]).toEqual([[[], true], 1]);
    await passes(25 * 60);
    expect([await look(0), await asked()]).toEqual([[[], true], 2]);
    await passes(25 * 60);
    await rm(join(root, 'bin', 'sacct'));
    expect(await look(0)).toEqual([[], true]);
    await put('sacct', ACCOUNTED);
    expect([await look(0), await asked()]).toEqual([[[], true], 2]);
  });

  it('is asked again after ten minutes where accounting fails, and not for ever', async () => {
    await put('scontrol', FORGOTTEN);
    await put('sacct', REFUSED);
    expect(await look(1)).toEqual([[], false]);
    expect([await look(1), await asked()]).toEqual([[[], false], 1]);
    await put('sacct', ACCOUNTED);
    await passes(11);
    expect(await look(1)).toEqual([['1 OUT_OF_MEMORY'], true]);
    await put('sacct', REFUSED);
    const answers: boolean[] = [];
    for (let time = 0; time < 8; time++) {
      await passes(11);
      answers.push((await look(1))[1]);
    }
    // The sixth failure in a row makes it none, whose word is all there is.
    expect([answers, await asked()]).toEqual([[...new Array<boolean>(6).fill(false), true, true], 8]);
  });
});
