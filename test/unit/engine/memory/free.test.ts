import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { InputError } from '../../../../src/common/errors';
import { containerMemory, killedForMemory } from '../../../../src/engine/memory/container';
import {
  availableOnMac,
  freeHostMemory,
  freeMemory,
  smallestCard,
  memoryLimit,
} from '../../../../src/engine/memory/free';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A root folder with these files. */
function rootOf(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'memory-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe('what a container leaves', () => {
  const stat = 'anon 600\nfile 300\ninactive_file 250\nactive_file 50\n';

  it('is the limit without what is used, but for file content that can go: version 2', () => {
    const group = 'sys/fs/cgroup/box';
    const root = rootOf({
      'proc/self/cgroup': '0::/box\n',
      [`${group}/memory.max`]: '1000\n',
      [`${group}/memory.current`]: '900\n',
      [`${group}/memory.stat`]: stat,
    });
    expect(containerMemory(root)).toBe(350);
  });

  it('is that of the tightest group on the way up', () => {
    const root = rootOf({
      'proc/self/cgroup': '0::/outer/inner\n',
      'sys/fs/cgroup/outer/inner/memory.max': 'max\n',
      'sys/fs/cgroup/outer/inner/memory.current': '10\n',
      'sys/fs/cgroup/outer/memory.max': '100\n',
      'sys/fs/cgroup/outer/memory.current': '70\n',
      'sys/fs/cgroup/memory.max': '500\n',
      'sys/fs/cgroup/memory.current': '80\n',
    });
    expect(containerMemory(root)).toBe(30);
  });

  it('is seen from within, where only the topmost folder is mounted: version 1', () => {
    const root = rootOf({
      'proc/self/cgroup': '9:name=systemd:/docker/0123\n4:cpu,memory:/docker/0123\n0::/\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': '2000\n',
      'sys/fs/cgroup/memory/memory.usage_in_bytes': '2100\n',
      'sys/fs/cgroup/memory/memory.stat': 'inactive_file 1\ntotal_inactive_file 400\n',
    });
    expect(containerMemory(root)).toBe(300);
  });

  it('is never negative, and unknown without a limit or without such files', () => {
    const used = { 'proc/self/cgroup': '4:memory:/\n', 'sys/fs/cgroup/memory/memory.usage_in_bytes': '5000\n' };
    const limited = (bytes: string): string => rootOf({ ...used, 'sys/fs/cgroup/memory/memory.limit_in_bytes': bytes });
    expect(containerMemory(limited('4000\n'))).toBe(0);
    expect(containerMemory(limited('9223372036854771712\n'))).toBeUndefined();
    expect(containerMemory(rootOf(used))).toBeUndefined();
    expect(containerMemory(rootOf({ 'proc/self/cgroup': 'torn\n' }))).toBeUndefined();
    expect(containerMemory(rootOf({}))).toBeUndefined();
  });
});

describe('whom a container has cost its processes', () => {
  it('is counted by the innermost group that counts, of version 2 or 1, or by nobody', () => {
    const events = 'low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\noom_group_kill 0\n';
    const two = { 'proc/self/cgroup': '0::/job_7/step_batch/task_0\n', 'sys/fs/cgroup/memory.events': 'oom_kill 9\n' };
    expect(killedForMemory(rootOf({ ...two, 'sys/fs/cgroup/job_7/step_batch/memory.events': events }))).toBe(2);
    const one = { 'proc/self/cgroup': '8:pids:/job_7\n4:memory:/job_7\n0::/\n' };
    const control = 'oom_kill_disable 0\nunder_oom 0\noom_kill 1\n';
    expect(killedForMemory(rootOf({ ...one, 'sys/fs/cgroup/memory/job_7/memory.oom_control': control }))).toBe(1);
    expect(killedForMemory(rootOf(one))).toBeUndefined();
    expect(killedForMemory(rootOf({}))).toBeUndefined();
  });
});

describe('EPOCHLENS_MEMORY_LIMIT', () => {
  it.each([
    ['800MB', 8e8],
    ['4GB', 4e9],
    [' 1.5 gb ', 1.5e9],
    ['2GiB', 2 ** 31],
    ['512MiB', 2 ** 29],
    ['', undefined],
  ])('%j is %d bytes', (text, bytes) => {
    expect(memoryLimit(text)).toBe(bytes);
  });

  it.each(['4', 'GB', '-1GB', '0MB', '4TB', '1e3MB', 'much', '4GB extra'])('%j is refused', (text) => {
    vi.stubEnv('EPOCHLENS_MEMORY_LIMIT', text);
    expect(() => freeHostMemory()).toThrow(InputError);
    expect(() => freeHostMemory()).toThrow(
      /^EPOCHLENS_MEMORY_LIMIT: not an amount of memory: found ".*", expected .* 4GB$/,
    );
  });

  it('leaves what the process has not taken yet, and is said', () => {
    const limit = process.memoryUsage.rss() + 100e6;
    vi.stubEnv('EPOCHLENS_MEMORY_LIMIT', `${limit / 1e6}MB`);
    const { bytes, words } = freeHostMemory();
    expect(words).toBe('are left of EPOCHLENS_MEMORY_LIMIT');
    expect(bytes).toBeLessThan(150e6);
    vi.stubEnv('EPOCHLENS_MEMORY_LIMIT', '1MB');
    expect(freeHostMemory().bytes).toBe(0);
    expect(freeMemory({ name: 'wasm', device: 'CPU' }).bytes).toBe(0);
  });
});

it('the embedded engine has no more than it can address', () => {
  expect(freeMemory({ name: 'wasm', device: 'CPU' }).bytes).toBeLessThanOrEqual(2 ** 32);
});

it('macOS: free, speculative and inactive pages', () => {
  const text = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                               10000.
Pages active:                            300000.
Pages inactive:                          200000.
Pages speculative:                         5000.
Pages wired down:                        100000.
`;
  expect(availableOnMac(text)).toBe(215_000 * 16384);
  expect(availableOnMac('')).toBeUndefined();
});

it('graphics cards: the smallest, and no bound where none is named', () => {
  expect(smallestCard('24576\n16384\n')).toBe(2 ** 34);
  expect(smallestCard('[N/A]\n')).toBe(Infinity);
  expect(smallestCard('')).toBe(Infinity);
});
