/** Tasks of another person or cluster in a folder that both may write to. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isElsewhere, type TaskProgress } from '../../../src/cluster';
import { cancelChange } from '../../../src/cli/sweep/changesAsked';
import { cancelOnCluster, holdOnCluster } from '../../../src/cli/sweep/onCluster';
import type { SweepState } from '../../../src/sweeps';

const me = userInfo().username;
const other = `not-${me}`;

describe.skipIf(process.platform === 'win32')('a task', () => {
  let root: string;
  let said: string[];
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'epochlens-else-'));
    said = [];
    vi.stubEnv('EPOCHLENS_CACHE', join(root, 'cache'));
    vi.stubEnv('PATH', `${root}${delimiter}${process.env['PATH'] ?? ''}`);
    // A login node, where this person is "anna" and the cluster is called "one".
    await put('ssh', 'echo Welcome; case "$6" in *"id -un"*) echo anna ;; *) echo "ClusterName = one" ;; esac');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(root, { recursive: true });
  });
  const put = async (name: string, body: string): Promise<void> => {
    await writeFile(join(root, name), `#!/bin/sh\n${body}\n`);
    await chmod(join(root, name), 0o755);
  };

  it('is elsewhere where it is another person’s, on this machine or the host that is asked', async () => {
    expect(await isElsewhere({ host: null })).toBe(false);
    expect(await isElsewhere({ host: null, user: me })).toBe(false);
    expect(await isElsewhere({ host: null, user: other })).toBe(true);
    expect(await isElsewhere({ host: 'login', user: 'anna' })).toBe(false);
    expect(await isElsewhere({ host: 'login', user: me })).toBe(true);
    // Submitted on the login node, and seen through it from a machine without Slurm.
    expect(await isElsewhere({ host: null, user: 'anna', cluster: 'one' }, 'login')).toBe(false);
    expect(await isElsewhere({ host: null, user: 'anna', cluster: 'two' }, 'login')).toBe(true);
    // Where nobody says who one is there, it is as it was before.
    await put('ssh', 'exit 255');
    expect(await isElsewhere({ host: 'away', user: other })).toBe(false);
  });

  function stateOf(...tasks: readonly (Partial<TaskProgress> | undefined)[]): SweepState {
    const cells = tasks.map((task, at) => ({
      cell: { id: `c${String(at)}` },
      state: 'queued',
      ...(task && { task: { job: '/j', index: at, id: `7_${String(at)}`, host: null, state: 'queued', ...task } }),
    }));
    return { cells } as unknown as SweepState;
  }
  const asked = { ids: undefined, through: null };
  const output = { log: (line: string) => said.push(line) };

  it('is left alone where others are meant as well, and a line says so', async () => {
    const state = stateOf({ user: other }, undefined, { user: other });
    const left = await cancelOnCluster(state, asked, output);
    expect(said).toEqual([`2 tasks were left alone: 7_0, 7_2 of the user ${other}.`]);
    expect(cancelChange(state, undefined, left)).toEqual({ cancel: ['c1'] });
    await holdOnCluster(state, asked, true, output);
    expect(said).toHaveLength(2);
    // To go on is also with what nobody has begun.
    const rest = stateOf({ user: other });
    const all = { ...rest, cells: [...rest.cells, { ...rest.cells[0]!, state: 'new' as const, task: undefined }] };
    await holdOnCluster(all, asked, false, output);
    expect(said).toHaveLength(3);
    await expect(holdOnCluster(all, asked, true, output)).rejects.toThrow(/nothing of this is yours/);
  });

  it('of a cell that the study has no more is cancelled and held with all others, and not with those that are named', async () => {
    await put('scancel', `echo "$@" >>${join(root, 'calls')}`);
    await put('scontrol', `echo "$@" >>${join(root, 'calls')}`);
    const task = { job: root, index: 1, id: '4_1', host: null, state: 'queued' } as TaskProgress;
    const state = { ...stateOf(undefined), tasksWithoutCell: [task] };
    await cancelOnCluster(state, { ...asked, ids: new Set(['c0']) }, output);
    await holdOnCluster(state, asked, true, output);
    await cancelOnCluster(state, asked, output);
    expect(await readFile(join(root, 'calls'), 'utf8')).toBe('hold 4_[1]\n4_[1]\n');
    // Another person's is left alone, and refused where nothing else was meant.
    const another = { ...state, tasksWithoutCell: [{ ...task, user: other }] };
    await cancelOnCluster(another, asked, output);
    expect(said).toEqual([`1 task was left alone: 4_1 of the user ${other}.`]);
    await expect(cancelOnCluster({ ...another, cells: [] }, asked, output)).rejects.toThrow(/nothing of this is yours/);
  });

  it('is refused where nothing else was meant', async () => {
    const refusal = new RegExp(`nothing of this is yours here: found 7_0 of the user ${other}, expected .*--host`);
    await expect(cancelOnCluster(stateOf({ user: other }), asked, output)).rejects.toThrow(refusal);
    const named = { ...asked, ids: new Set(['c0']) };
    await expect(cancelOnCluster(stateOf({ user: other }, undefined), named, output)).rejects.toThrow(refusal);
    expect(said).toEqual([]);
  });
});
