/** Finding and installing onnxruntime-node. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { InputError, WorkError } from '../../../src/common/errors';
import { installOnnxruntime } from '../../../src/setup/onnxruntime/install';
import { findOnnxruntime, onnxruntimeFolder } from '../../../src/setup/onnxruntime/location';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-onnxruntime-'));
  vi.stubEnv('EPOCHLENS_CACHE', join(folder, 'cache'));
  vi.stubEnv('EPOCHLENS_ONNXRUNTIME', undefined);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function packageIn(place: string): Promise<string> {
  const path = join(place, 'node_modules', 'onnxruntime-node');
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'package.json'), '{}');
  return path;
}

it('is found where it is said to be, else in the per-user cache', async () => {
  expect(findOnnxruntime()).toBeUndefined();
  const installed = await packageIn(onnxruntimeFolder());
  expect(findOnnxruntime()).toBe(installed);
  const named = await packageIn(join(folder, 'named'));
  expect(findOnnxruntime({ EPOCHLENS_ONNXRUNTIME: join(folder, 'named') })).toBe(named);
  expect(findOnnxruntime({ EPOCHLENS_ONNXRUNTIME: 'off' })).toBeUndefined();
  await rm(onnxruntimeFolder(), { recursive: true });
});

it('is refused where it is not where it is said to be', () => {
  expect(() => findOnnxruntime({ EPOCHLENS_ONNXRUNTIME: join(folder, 'empty') })).toThrow(InputError);
});

it('says why it cannot be installed without a network, and leaves nothing behind', async () => {
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/');
  const error: unknown = await installOnnxruntime({ progress: () => undefined }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WorkError);
  expect(String(error)).toMatch(/npm could not install onnxruntime-node: found .*(ECONNREFUSED|E503|network)/);
  expect(await readdir(join(folder, 'cache', 'onnxruntime'))).toEqual([]);
});
