import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  effectiveState,
  isProcessAlive,
  lockRun,
  readStatus,
  runPaths,
  writeStatus,
  type RunStatus,
} from '../../../src/runs/index.js';
import { failureOf, makeStudy } from './fixture.js';

let folder: string;
beforeEach(async () => {
  folder = (await makeStudy()).folder;
});

/** The id of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

const status = {
  state: 'training',
  startedAt: '2026-11-24T08:45:00.000Z',
  epoch: 1,
  epochs: 5,
  step: 3,
  stepsPerEpoch: 40,
  imagesPerSecond: 120.5,
  secondsLeft: null,
} as const;

describe('status.json', () => {
  it('is read back with the process and its heartbeat', async () => {
    const now = new Date('2026-11-24T08:46:00Z');
    await writeStatus(folder, status, now);
    expect(await readStatus(folder)).toEqual({
      ...status,
      pid: process.pid,
      host: hostname(),
      heartbeat: now.toISOString(),
    });
  });

  it('is undefined where it is absent, torn or of another form', async () => {
    expect(await readStatus(folder)).toBeUndefined();
    for (const text of ['', '{"state":"trai', 'null', '{"state":"sleeping"}']) {
      await writeFile(runPaths(folder).status, text);
      expect(await readStatus(folder)).toBeUndefined();
    }
  });
});

describe('effectiveState', () => {
  const now = new Date('2026-11-24T09:00:00Z');
  const trains: RunStatus = { ...status, pid: 42, host: hostname(), heartbeat: '2026-11-24T08:59:00.000Z' };
  const state = (change: Partial<RunStatus>, isAlive: boolean): string =>
    effectiveState({ ...trains, ...change }, { now, alive: () => isAlive });

  it('believes a live process with a fresh heartbeat', () => {
    expect(state({}, true)).toBe('training');
  });

  it('is interrupted when the process is gone, or its id is by its silence another process', () => {
    expect(state({}, false)).toBe('interrupted');
    expect(state({ heartbeat: '2026-11-24T08:49:59.000Z' }, true)).toBe('interrupted');
  });

  it('goes by the heartbeat alone where the process is on another machine', () => {
    expect(state({ host: 'elsewhere.invalid' }, false)).toBe('training');
    expect(state({ host: 'elsewhere.invalid', heartbeat: '2026-11-24T08:00:00.000Z' }, false)).toBe('interrupted');
  });

  it('leaves an end as it is', () => {
    for (const end of ['finished', 'failed', 'cancelled'] as const) expect(state({ state: end }, false)).toBe(end);
  });

  it('knows live processes from dead ones', async () => {
    expect(isProcessAlive(process.pid)).toBe(true);
    expect(isProcessAlive(await deadProcess())).toBe(false);
  });
});

describe('lockRun', () => {
  const owner = (change: object): string =>
    JSON.stringify({ token: 't', pid: process.ppid, host: hostname(), since: '2026-11-24T08:45:00Z', ...change });

  it('lets one training in at a time, also of many that start at once', async () => {
    const lock = await lockRun(folder);
    await lock.assertHeld();
    expect(await failureOf(lockRun(folder))).toMatch(
      /^InputError: .*a training is running in this run folder: found process/,
    );
    await lock.release();
    const started = await Promise.allSettled(Array.from({ length: 8 }, () => lockRun(folder)));
    const locks = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(locks).toHaveLength(1);
    await locks[0]?.release();
    expect((await readdir(folder)).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  it('takes over from a dead process, one that had our id, and one that is torn', async () => {
    const old = new Date(Date.now() - 60_000);
    for (const content of [owner({ pid: await deadProcess() }), owner({ pid: process.pid }), '']) {
      const path = join(folder, 'lock-3');
      await writeFile(path, content);
      await utimes(path, old, old);
      await writeFile(join(folder, '.status.json.0123456789ab.tmp'), '');
      const lock = await lockRun(folder);
      expect((await readdir(folder)).sort()).toEqual(['demo.epochlens.json', 'lock-4']);
      await lock.release();
    }
  });

  it('takes over from a live process id that has been silent for long, not from one that beats', async () => {
    const path = join(folder, 'lock-1');
    const old = new Date(Date.now() - 700_000);
    await writeFile(path, owner({}));
    expect(await failureOf(lockRun(folder))).toContain(`found process ${String(process.ppid)}`);
    await utimes(path, old, old);
    const beating = { ...status, pid: process.ppid, host: hostname(), heartbeat: new Date().toISOString() };
    await writeFile(runPaths(folder).status, JSON.stringify(beating));
    expect(await failureOf(lockRun(folder))).toContain('a training is running');
    await rm(runPaths(folder).status);
    await (await lockRun(folder)).release();
  });

  it('respects a lock that is being written', async () => {
    await writeFile(join(folder, 'lock-1'), '');
    expect(await failureOf(lockRun(folder))).toContain('found one that is starting');
  });

  it('tells a process that was taken over', async () => {
    const lock = await lockRun(folder);
    await rm(join(folder, 'lock-1'));
    await writeFile(join(folder, 'lock-1'), owner({}));
    expect(await failureOf(lock.assertHeld())).toMatch(/^WorkError: .*taken this run folder over/);
    await lock.release();
    expect(existsSync(join(folder, 'lock-1'))).toBe(true);
  });

  it('removes the folders that it made where nothing came into them', async () => {
    const run = join(folder, '.epochlens', 'runs', 'demo', 'id');
    await (await lockRun(run)).release();
    expect(existsSync(join(folder, '.epochlens'))).toBe(false);
    const lock = await lockRun(run);
    await writeStatus(run, status);
    await lock.release();
    expect(await readdir(run)).toEqual(['status.json']);
  });

  it('says that a folder cannot be made', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await failureOf(lockRun(join(folder, 'file', 'run')))).toMatch(/^WorkError: .*the folder cannot be made/);
  });
});
