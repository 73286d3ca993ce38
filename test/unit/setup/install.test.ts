import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CancelledError, WorkError } from '../../../src/common/errors';
import { installNative, type Route } from '../../../src/setup/native/install';
import { findDamage } from '../../../src/setup/native/manifest';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'epochlens-install-'));
});
afterEach(() => rm(root, { recursive: true }));

const checkLoads = () => Promise.resolve();

/** A route that counts its calls and writes a small engine. */
function workingRoute(name: string, content = 'addon'): Route & { calls: number } {
  const route = {
    name,
    calls: 0,
    install: async (folder: string) => {
      route.calls += 1;
      await writeFile(join(folder, 'tfjs_binding.node'), content);
      return {
        tfjsVersion: '4.22.0',
        libtensorflowVersion: '2.21.0',
        variant: 'cpu',
        origin: name,
        addon: 'tfjs_binding.node',
      } as const;
    },
  };
  return route;
}

function failingRoute(name: string, reason: string): Route {
  return {
    name,
    install: async (folder) => {
      await writeFile(join(folder, 'half'), 'written');
      throw new WorkError(reason);
    },
  };
}

it('takes the first way that works and tells why others did not', async () => {
  const never = workingRoute('third');
  const result = await installNative({
    root,
    checkLoads,
    routes: [failingRoute('first', 'no network'), workingRoute('second'), never],
  });
  expect(result.route).toBe('second');
  expect(result.native?.manifest.origin).toBe('second');
  expect(result.failures).toEqual([{ route: 'first', reason: 'no network' }]);
  expect(never.calls).toBe(0);
  expect(await readdir(root)).toHaveLength(1);
});

it('goes on without when no way works, and leaves nothing', async () => {
  const result = await installNative({ root, checkLoads, routes: [failingRoute('a', 'x'), failingRoute('b', 'y')] });
  expect(result.native).toBeUndefined();
  expect(result.failures.map(({ reason }) => reason)).toEqual(['x', 'y']);
  expect(await readdir(root)).toEqual([]);
});

it('takes the next way when what one got does not load', async () => {
  const result = await installNative({
    root,
    routes: [workingRoute('broken', 'bad'), workingRoute('good')],
    checkLoads: (_folder, { origin }) =>
      origin === 'broken' ? Promise.reject(new WorkError('it crashes')) : Promise.resolve(),
  });
  expect(result.route).toBe('good');
  expect(result.failures).toEqual([{ route: 'broken', reason: 'it crashes' }]);
});

it('does nothing when the engine is there, and replaces one that is damaged', async () => {
  const route = workingRoute('only');
  const options = { root, checkLoads, routes: [route] };
  const first = await installNative(options);
  const again = await installNative(options);
  expect(again.route).toBe('already installed');
  expect(route.calls).toBe(1);

  const addon = join(first.native?.folder ?? '', 'tfjs_binding.node');
  await writeFile(addon, 'ADDON');
  expect((await installNative(options)).route).toBe('already installed');
  const verified = await installNative({ ...options, verify: true });
  expect(verified.route).toBe('only');
  expect(verified.failures[0]?.reason).toMatch(/SHA-256/);
  expect(verified.native && (await findDamage(verified.native, 'hashes'))).toBeUndefined();
  expect(await readdir(root)).toHaveLength(1);

  await writeFile(addon, 'cut');
  expect((await installNative(options)).route).toBe('only');
});

it('can be cancelled, and leaves nothing', async () => {
  const cancel = new AbortController();
  const slow: Route = {
    name: 'slow',
    install: async (folder, { signal }) => {
      await writeFile(join(folder, 'half'), 'written');
      cancel.abort();
      signal?.throwIfAborted();
      throw new Error('unreachable');
    },
  };
  const never = workingRoute('next');
  const promise = installNative({ root, checkLoads, routes: [slow, never], signal: cancel.signal });
  await expect(promise).rejects.toBeInstanceOf(CancelledError);
  expect(never.calls).toBe(0);
  expect(await readdir(root)).toEqual([]);
});

it('run twice at once leaves one whole engine', async () => {
  const install = () => installNative({ root, checkLoads, routes: [workingRoute('a')] });
  const results = await Promise.all([install(), install(), install()]);
  for (const { native } of results) expect(native && (await findDamage(native, 'hashes'))).toBeUndefined();
  expect(await readdir(root)).toHaveLength(1);
});

it('is skipped when the person has switched it off', async () => {
  process.env['EPOCHLENS_NATIVE'] = 'off';
  try {
    const route = workingRoute('a');
    const result = await installNative({ root, checkLoads, routes: [route] });
    expect(result.native).toBeUndefined();
    expect(result.failures[0]?.reason).toMatch(/EPOCHLENS_NATIVE/);
    expect(route.calls).toBe(0);
  } finally {
    delete process.env['EPOCHLENS_NATIVE'];
  }
});
