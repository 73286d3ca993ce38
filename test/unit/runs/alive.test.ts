import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownIdentity, processStart, type ProcessFate } from '../../../src/common/processes';
import { ownTag } from '../../../src/common/processTag';
import { isBeating } from '../../../src/runs/status/heartbeats';
import {
  effectiveState,
  isProcessAlive,
  lockRun,
  readStatus,
  runHolder,
  runPaths,
  writeStatus,
  type RunStatus,
} from '../../../src/runs';
import { failureOf, makeStudy } from './fixture';

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
      ...ownIdentity(),
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
  let pid = 42;
  beforeEach(() => pid++);
  const state = (change: Partial<RunStatus>, fate: ProcessFate): string =>
    effectiveState({ ...trains, pid, ...change }, { now, fate: () => fate });

  it('believes a living process and a dead one, whatever heartbeat and clock say', () => {
    for (const heartbeat of ['2026-11-24T08:59:00.000Z', '2020-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z']) {
      expect(state({ heartbeat }, 'running')).toBe('training');
      expect(state({ heartbeat }, 'gone')).toBe('interrupted');
    }
  });

  it('asks after the process itself', async () => {
    expect(effectiveState({ ...trains, ...ownIdentity() })).toBe('training');
    expect(effectiveState({ ...trains, ...ownIdentity(), pid: process.ppid })).toBe('interrupted');
    expect(effectiveState({ ...trains, ...ownIdentity(), pid: await deadProcess() })).toBe('interrupted');
  });

  it('goes by the heartbeat of a process that cannot be asked after', () => {
    expect(state({}, 'unknown')).toBe('training');
    pid++;
    expect(state({ heartbeat: '2026-11-24T08:49:59.000Z' }, 'unknown')).toBe('interrupted');
  });

  it('goes by its own watch once it watches: another machine’s clock may be an hour off', () => {
    const beat = (heartbeat: string, clock: number): boolean =>
      isBeating({ ...trains, pid, heartbeat }, now, 600, clock);
    expect(beat('2026-11-24T08:00:00.000Z', 0)).toBe(false);
    expect(beat('2026-11-24T08:00:01.000Z', 1000)).toBe(true);
    expect(beat('2026-11-24T08:00:01.000Z', 590_000)).toBe(true);
    expect(beat('2026-11-24T08:00:01.000Z', 602_000)).toBe(false);
    // Set back meanwhile.
    expect(beat('2026-11-24T07:00:00.000Z', 603_000)).toBe(true);
    pid++;
    expect(beat('2026-11-24T10:00:00.000Z', 0)).toBe(true);
    expect(beat('2026-11-24T10:00:00.000Z', 601_000)).toBe(false);
  });

  it('leaves an end as it is', () => {
    for (const end of ['finished', 'failed', 'cancelled'] as const) expect(state({ state: end }, 'gone')).toBe(end);
  });

  it('knows live processes from dead ones', async () => {
    expect(isProcessAlive(process.pid)).toBe(true);
    expect(isProcessAlive(await deadProcess())).toBe(false);
  });
});

describe('lockRun', () => {
  /** A lock of a process of this machine that lives: the parent of this one. */
  const owner = (change: object = {}): string => JSON.stringify({ ...living(), ...change });
  const living = () => ({
    token: 't',
    pid: process.ppid,
    host: hostname(),
    processStart: processStart(process.ppid),
    since: '2026-11-24T08:45:00Z',
  });
  const withoutStart = { processStart: undefined };
  const lockPath = (number: number | string = 1): string => join(folder, `lock-${number}`);
  const old = new Date(Date.now() - 700_000);

  /** It is taken, and given free again. */
  async function isTaken(): Promise<void> {
    await (await lockRun(folder)).release();
    expect((await readdir(folder)).filter((name) => name.startsWith('lock'))).toEqual([]);
  }

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

  it('takes over from a dead process, and one whose id is another’s by now', async () => {
    for (const content of [
      owner({ pid: await deadProcess() }),
      owner({ pid: await deadProcess(), ...withoutStart }),
      owner({ pid: process.pid }),
      owner({ pid: process.pid, ...withoutStart }),
      owner({ pid: 1 }),
    ]) {
      await writeFile(lockPath(3), content);
      await writeFile(join(folder, '.status.json.0123456789ab.tmp'), '');
      const lock = await lockRun(folder);
      expect((await readdir(folder)).sort()).toEqual(['demo.epochlens.json', 'lock-1']);
      await lock.release();
    }
  });

  it('never takes over from a living process, silent or not, whatever the clock says', async () => {
    await writeFile(lockPath(), owner());
    for (const time of [old, new Date(), new Date(Date.now() + 86_400_000)]) {
      await utimes(lockPath(), time, time);
      expect(await failureOf(lockRun(folder))).toContain(`found process ${String(process.ppid)}`);
    }
    expect((await runHolder(folder))?.owner.pid).toBe(process.ppid);
  });

  it.each([
    ['of another machine', { host: 'elsewhere.invalid' }],
    ['of which only the id is known', withoutStart],
  ])('goes by the silence of a process %s', async (_, change) => {
    await writeFile(lockPath(), owner(change));
    expect(await failureOf(lockRun(folder))).toMatch(/found process.*If it runs no more, remove .*lock-1\./);
    await utimes(lockPath(), old, old);
    const beating = { ...status, ...living(), ...change, heartbeat: '2020-01-01T00:00:00.000Z' };
    await writeFile(runPaths(folder).status, JSON.stringify(beating));
    expect(await failureOf(lockRun(folder))).toContain('a training is running');
    await utimes(runPaths(folder).status, old, old);
    await isTaken();
  });

  it('counts the silence of another machine from when its clock was found to be ahead', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000);
    await writeFile(lockPath(), owner({ host: 'elsewhere.invalid' }));
    await utimes(lockPath(), tomorrow, tomorrow);
    expect(await failureOf(lockRun(folder))).toContain('on elsewhere.invalid');
    expect(Math.abs((await stat(lockPath())).mtimeMs - Date.now())).toBeLessThan(60_000);
  });

  it('waits for a lock that is being made, and takes over where it stays without an owner', async () => {
    await writeFile(lockPath(), '');
    const waiting = failureOf(lockRun(folder));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await writeFile(lockPath(), owner());
    expect(await waiting).toContain(`found process ${String(process.ppid)}`);
    for (const content of ['', '{garbage', owner({ pid: -1 })]) {
      await writeFile(lockPath(), content);
      await isTaken();
    }
  });

  it.skipIf(process.platform === 'win32')('is not held up by what is no lock, and follows no link', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    await writeFile(join(outside, 'victim'), 'as it was');
    await mkdir(lockPath(1));
    await symlink(join(outside, 'nothing'), lockPath(2));
    await symlink(join(outside, 'victim'), lockPath(3));
    execFileSync('mkfifo', [lockPath(4)]);
    await writeFile(lockPath('999999999999999999999'), owner({ pid: await deadProcess() }));
    await isTaken();
    expect(await readdir(outside)).toEqual(['victim']);
    expect(await readFile(join(outside, 'victim'), 'utf8')).toBe('as it was');
    await mkdir(join(lockPath(1), 'kept'), { recursive: true });
    const lock = await lockRun(folder);
    await lock.assertHeld();
    await lock.release();
    await writeFile(lockPath('999999999999999999999'), owner());
    expect(await failureOf(lockRun(folder))).toContain('a training is running');
    await rm(outside, { recursive: true });
  });

  it('removes what dead processes left in results', async () => {
    const { results } = runPaths(folder);
    await mkdir(results);
    const [host, , start] = ownTag().split('-');
    const dead = `.a.json.${host}-${await deadProcess()}-${start}-0123ab.tmp`;
    const own = `.b.json.${ownTag()}-0123ab.tmp`;
    for (const name of [dead, own]) await writeFile(join(results, name), '');
    await isTaken();
    expect(await readdir(results)).toEqual([own]);
  });

  it('tells a process that was taken over', async () => {
    const lock = await lockRun(folder);
    await rm(lockPath());
    await writeFile(lockPath(), owner());
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
    expect(await failureOf(lockRun(join(folder, 'file', 'run')))).toMatch(/the folder cannot be made/);
  });
});
