/** Choosing an engine, on the real ones: the program must be built, and the native engine installed. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InputError, WorkError } from '../../src/common/errors';
import type { EngineChoice } from '../../src/engine/engine';
import { listEngines, rankEngines, startEngine } from '../../src/engine/start';
import { nativeRoot } from '../../src/setup/native/location';
import { describeNative } from '../nativeEngine';

const dist = resolve(import.meta.dirname, '../../dist');

afterEach(() => {
  vi.unstubAllEnvs();
});

describeNative('with the native engine installed', () => {
  it('lists both engines, tried, and the same the second time', async () => {
    const reports = await listEngines();
    expect(reports.map(({ name, usable }) => [name, usable])).toEqual([
      ['tensorflow', true],
      ['wasm', true],
    ]);
    expect(await listEngines()).toEqual(reports);
  });

  it('starts the faster one on its own choice, and says why', async () => {
    const engine = await startEngine('auto');
    expect(engine.name).toBe(rankEngines(await listEngines())[0]?.name);
    expect(engine.reason).toMatch(/fastest in the self-test \(.*native .*ms.*\)/);
    const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([1, 1, 0, 1], [2, 2]));
    expect([...(await product.data())]).toEqual([1, 3, 3, 7]);
  });

  it('loads from the bundle without saying anything', async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(dist, 'selftest.js'), 'tensorflow'], {
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '' },
    });
    expect(JSON.parse(stdout)).toMatchObject({ passed: true });
    expect(stderr).toBe('');
  });
});

describe('without a native engine', () => {
  let cache: string;
  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'epochlens-engines-'));
    vi.stubEnv('EPOCHLENS_CACHE', cache);
  });
  afterEach(() => rm(cache, { recursive: true }));

  it('says so, and takes the embedded one', async () => {
    expect(nativeRoot()).toBe(join(cache, 'native'));
    const [tensorflow] = await listEngines();
    expect(tensorflow).toMatchObject({ usable: false, reason: expect.stringMatching(/not installed/) as string });
    expect(tensorflow).toHaveProperty('advice', expect.stringMatching(/npm run setup/));
    expect((await startEngine('auto')).name).toBe('wasm');
    // Only what works is remembered.
    expect(await readdir(join(cache, 'self-tests'))).toHaveLength(1);
  });

  it('refuses it by name', async () => {
    await expect(startEngine('tensorflow')).rejects.toThrow(WorkError);
    await expect(startEngine('tensorflow')).rejects.toThrow(/npm run setup/);
  });
});

it('refuses an unknown engine', async () => {
  await expect(startEngine('abacus' as EngineChoice)).rejects.toThrow(InputError);
  await expect(startEngine('abacus' as EngineChoice)).rejects.toThrow(/native, embedded, auto/);
});

it('survives an addon that ends the process', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'epochlens-broken-'));
  vi.stubEnv('EPOCHLENS_CACHE', cache);
  const { installNative } = await import('../../src/setup/native/install');
  const { writeFile } = await import('node:fs/promises');
  try {
    await installNative({
      checkLoads: () => Promise.resolve(),
      routes: [
        {
          name: 'broken',
          install: async (folder) => {
            // A script in the addon's place, which `require` runs.
            await writeFile(join(folder, 'addon.js'), 'process.kill(process.pid, "SIGSEGV")');
            return {
              tfjsVersion: '4.22.0',
              libtensorflowVersion: '0.0.1',
              variant: 'cpu',
              origin: 'test',
              addon: 'addon.js',
            };
          },
        },
      ],
    });
    const [tensorflow] = await listEngines();
    expect(tensorflow).toMatchObject({ usable: false, reason: expect.stringMatching(/died.*SIGSEGV/) as string });
  } finally {
    await rm(cache, { recursive: true });
  }
});
