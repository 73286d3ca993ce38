import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeFileAtomically } from '../../../src/common/atomic';
import { processFate, processStart, type ProcessIdentity } from '../../../src/common/processes';
import { kernelOf, processState } from '../../../src/common/processStart';
import { ownTag, tagFate } from '../../../src/common/processTag';
import { removeDeadTemporaries, temporaryBeside } from '../../../src/common/temporaries';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temporaries-'));
});
afterEach(() => rm(folder, { recursive: true }));

let living: ChildProcess;
beforeAll(async () => {
  living = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(living, 'spawn');
});
afterAll(() => void living.kill('SIGKILL'));

const [ownHost = '', , ownStart = ''] = ownTag().split('-');
/** The name of a temporary of a process. */
const named = (tag: string): string => `.a.json.${tag}-0123ab.tmp`;
const tagOf = (pid: number | undefined, start = ownStart, host = ownHost): string => `${host}-${pid ?? 0}-${start}`;

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('removeDeadTemporaries', () => {
  it('removes what processes left that have died, also where their id is another’s by now', async () => {
    await writeFile(join(folder, named(tagOf(await deadProcess()))), '');
    await writeFile(join(folder, named(tagOf(living.pid))), '');
    await removeDeadTemporaries(folder);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves those of living processes, of other machines, and all that is something else', async () => {
    const others = ['.a.json.0123456789ab.tmp', 'a.tmp', '.hidden', `a.${tagOf(1)}-0123ab.tmp`, '.tmp'];
    const names = [named(ownTag()), named(tagOf(1, ownStart, '00c0ffee')), ...others].sort();
    for (const name of names) await writeFile(join(folder, name), '');
    await removeDeadTemporaries(folder);
    expect((await readdir(folder)).sort()).toEqual(names);
    await removeDeadTemporaries(join(folder, 'absent'));
  });

  it('removes those of other machines and of former programs after a day', async () => {
    const names = [named(tagOf(1, ownStart, '00c0ffee')), '.a.json.0123456789ab.tmp', named(ownTag())];
    const old = new Date(Date.now() - 25 * 3_600_000);
    for (const name of names) {
      await writeFile(join(folder, name), '');
      await utimes(join(folder, name), old, old);
    }
    await removeDeadTemporaries(folder);
    expect(await readdir(folder)).toEqual([named(ownTag())]);
  });

  it('removes those of former programs where nobody else writes', async () => {
    await writeFile(join(folder, '.a.json.0123456789ab.tmp'), '');
    await removeDeadTemporaries(folder, { alone: true });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is what the next does who writes into the folder', async () => {
    await writeFile(join(folder, named(tagOf(await deadProcess()))), '');
    await writeFileAtomically(join(folder, 'other.json'), 'x');
    expect(await readdir(folder)).toEqual(['other.json']);
  });

  it('knows its own names', () => {
    expect(tagFate(ownTag())).toBe('running');
    expect(temporaryBeside(join(folder, 'x'.repeat(255))).length - folder.length).toBeLessThan(150);
  });
});

describe('processFate', () => {
  const identity = (change: Partial<ProcessIdentity> = {}): ProcessIdentity => {
    const start = processStart(living.pid ?? 0);
    return { pid: living.pid ?? 0, host, ...(start === undefined ? {} : { processStart: start }), ...change };
  };
  let host: string;
  beforeAll(async () => {
    host = (await import('node:os')).hostname();
  });

  it('tells a process from another of its id, whatever the clock says', async () => {
    expect(processFate(identity())).toBe('running');
    expect(processFate(identity({ pid: process.pid }))).toBe('gone');
    expect(processFate(identity({ pid: 1 }))).toBe('gone');
    expect(processFate(identity({ pid: await deadProcess() }))).toBe('gone');
    expect(processStart(await deadProcess())).toBeUndefined();
  });

  it('takes a suspended process for a running one', () => {
    living.kill('SIGSTOP');
    expect(processFate(identity())).toBe('running');
    living.kill('SIGCONT');
  });

  it('does not know of other machines, or of an id alone', () => {
    const { processStart: start = '', ...alone } = identity();
    expect(processFate(alone)).toBe('unknown');
    expect(processFate({ ...alone, host: 'elsewhere.invalid' })).toBe('unknown');
    expect(processFate({ ...alone, host: 'elsewhere.invalid', processStart: 'ps Mon Nov 23' })).toBe('unknown');
    expect(processFate({ ...alone, pid: 2 ** 31, processStart: start })).toBe('gone');
  });

  it.runIf(process.platform === 'linux')('knows boots and process namespaces apart', () => {
    const [, boot, namespace, ticks] = (identity().processStart ?? '').split(' ');
    expect(kernelOf(identity().processStart)).toEqual({ boot, namespace });
    const start = (...words: (string | undefined)[]): string => ['linux', ...words].join(' ');
    const rebooted = start('another-boot', namespace, ticks);
    expect(processFate(identity({ processStart: rebooted }))).toBe('gone');
    expect(processFate(identity({ processStart: rebooted, host: 'elsewhere' }))).toBe('unknown');
    expect(processFate(identity({ processStart: start(boot, '1', ticks) }))).toBe('unknown');
  });

  it.runIf(process.platform === 'linux')('takes a process that waits to be reaped for gone', async () => {
    // Its parent never asks after it.
    const parent = spawn('sh', ['-c', 'sh -c "echo \\$\\$; exec sleep 0.1" & exec sleep 10']);
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(processState(pid).state).toBe('running');
    await vi.waitFor(() => expect(processState(pid)).toEqual({ state: 'gone' }), 10_000);
    expect(() => process.kill(pid, 0)).not.toThrow();
    parent.kill('SIGKILL');
  });

  it.runIf(process.platform === 'linux')('reads the state of a process whose name is odd', async () => {
    const child = spawn('sh', ['-c', 'cp "$(command -v sleep)" "$0/a) Z 1 (b" && exec "$0/a) Z 1 (b" 10', folder]);
    const name = (): string => readFileSync(`/proc/${String(child.pid)}/comm`, 'utf8');
    await vi.waitFor(() => expect(name()).toBe('a) Z 1 (b\n'), 10_000);
    expect(processState(child.pid ?? 0)).toMatchObject({ state: 'running' });
    child.kill('SIGKILL');
  });
});
