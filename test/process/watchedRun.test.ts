/** A run that `epochlens.py` wrote, through what is done with whole runs. */
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { succeed, temporaryFolder } from './cli';

let [folder, run] = ['', ''];
beforeAll(async () => {
  folder = await temporaryFolder();
  await cp(join(import.meta.dirname, '..', 'fixtures', 'watched'), folder, { recursive: true });
  const runs = join(folder, '.epochlens', 'runs', 'cnn');
  await mkdir(join(runs, '..'), { recursive: true });
  await cp(join(folder, 'runs', 'cnn'), runs, { recursive: true });
  run = join(runs, (await readdir(runs))[0] ?? '');
});

it('is exported, and its checkpoint is evaluated, by the run’s graph', async () => {
  const exported = join(folder, 'exported.safetensors');
  await succeed(['export', run, '--out', exported]);
  const data = ['--data', join(folder, 'cnn.epochlens.json'), '--engine', 'wasm', '--json'];
  const constants = ['--mean', '0.485,0.456,0.406', '--std', '0.229,0.224,0.225'];
  const checkpoint = join(run, 'checkpoints', 'epoch-003.safetensors');
  const result = JSON.parse(await succeed(['evaluate', '--weights', checkpoint, ...constants, ...data])) as unknown;
  expect(result).toMatchObject({ architecture: 'onnx' });
});
