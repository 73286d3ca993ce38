/** Runs and data that are no longer what they were: each command refuses by the file's name, and computes nothing from it. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkpointPath, writeManifest, type RunManifest } from '../../src/runs';
import { epochlens, succeed, temporaryFolder, writeStudy } from './cli';

const RECORD = 3073;
const RECORDS = 60;
let folder: string;
let study: string;
let whole: string;
let run: string;
let batches: ReadonlyMap<string, Buffer>;

/** CIFAR-10's format with noise in it: ten classes, and nothing to learn. */
function batch(seed: number): Buffer {
  const bytes = Buffer.alloc(RECORDS * RECORD);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 31 + (i >> 7) * seed) & 255;
  for (let i = 0; i < RECORDS; i++) bytes[i * RECORD] = i % 10;
  return bytes;
}

async function writeBatches(changed: Readonly<Record<string, Buffer>> = {}): Promise<void> {
  for (const [name, bytes] of batches) await writeFile(join(folder, 'data', name), changed[name] ?? bytes);
}

beforeAll(async () => {
  folder = await temporaryFolder();
  batches = new Map([
    ['data_batch_1.bin', batch(3)],
    ['test_batch.bin', batch(5)],
  ]);
  await mkdir(join(folder, 'data'));
  await writeBatches();
  study = await writeStudy(folder, {
    dataset: { kind: 'cifar10', folder: 'data' },
    model: { architecture: 'resnet20' },
    training: { epochs: 1, batchSize: 20, learningRate: 0.02, seed: 1 },
    explain: { images: { test: [3, 7] } },
    perturbations: [{ kind: 'occlusion', pixels: 10, rounds: 1, images: 4 }],
  });
  whole = join(folder, 'whole');
  await succeed(['train', study, '--engine', 'wasm', '--run', whole]);
});

beforeEach(async () => {
  run = join(folder, 'run');
  await rm(run, { recursive: true, force: true });
  await cp(whole, run, { recursive: true });
  await writeBatches();
});

const COMMANDS: readonly (readonly string[])[] = [
  ['explain', '--engine', 'wasm'],
  ['perturb', '--engine', 'wasm'],
  ['attention', '--engine', 'wasm'],
  ['report', '--engine', 'wasm'],
];

/** @returns what is said, each command having refused */
async function refusals(commands = COMMANDS): Promise<string[]> {
  const said: string[] = [];
  for (const [command = '', ...options] of commands) {
    const { code, stdout, stderr } = await epochlens([command, run, ...options]);
    expect({ code, stdout }, `${command}: ${stderr}`).toEqual({ code: 2, stdout: '' });
    said.push(stderr);
  }
  return said;
}

function flip(bytes: Buffer, at: number, bit = 4): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] as number) ^ bit;
  return changed;
}

describe('a checkpoint of which one bit differs', () => {
  it('is refused by name, by every command, and blamed on nothing else', async () => {
    const path = checkpointPath(run, 1);
    const bytes = await readFile(path);
    await writeFile(path, flip(bytes, bytes.length - 4000));
    for (const said of await refusals()) {
      expect(said).toMatch(/epoch-001\.safetensors/);
      expect(said).toMatch(/the file is damaged/);
      expect(said).not.toMatch(/learningRate|diverged/);
    }
    const { code, stderr } = await epochlens(['export', run, '--out', join(folder, 'out.safetensors')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/epoch-001\.safetensors/);
  });

  it('is no hindrance to the others', async () => {
    const path = checkpointPath(run, 1);
    await writeFile(path, flip(await readFile(path), 200_000));
    await succeed(['explain', run, '--engine', 'wasm', '--checkpoints', '0']);
  });
});

describe('data that is not what the run was made with', () => {
  it.each([
    ['a test label', 'test_batch.bin', (bytes: Buffer) => flip(bytes, 3 * RECORD, 1), COMMANDS.slice(0, 1)],
    [
      'an image more',
      'test_batch.bin',
      (bytes: Buffer) => Buffer.concat([bytes, bytes.subarray(0, RECORD)]),
      COMMANDS.slice(0, 1),
    ],
    ['a training pixel', 'data_batch_1.bin', (bytes: Buffer) => flip(bytes, 5 * RECORD + 100), COMMANDS],
  ])('is refused by the name of the file: %s', async (_, name, change, commands) => {
    await writeBatches({ [name]: change(batches.get(name) as Buffer) });
    const resume = await epochlens(['train', study, '--engine', 'wasm', '--run', run, '--resume']);
    expect(resume.code).toBe(2);
    for (const said of [...(await refusals(commands)), resume.stderr]) {
      expect(said).toContain(name);
      expect(said).toContain('the data is not what the run was made with');
    }
  });

  it('is refused also of a run that does not know its files one by one', async () => {
    const { dataset, ...rest } = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as RunManifest;
    const { kind, classNames, fingerprint, description } = dataset;
    await writeManifest(run, { ...rest, dataset: { kind, classNames, fingerprint, description } });
    await succeed(['explain', run, '--engine', 'wasm', '--checkpoints', '0']);
    await writeBatches({ 'test_batch.bin': flip(batches.get('test_batch.bin') as Buffer, 3 * RECORD + 100) });
    for (const said of await refusals()) expect(said).toContain('the data is not what the run was made with');
  });
});

it('a normalisation that is not the one of the checkpoints is refused, also in a run without sums', async () => {
  const { sum, ...manifest } = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as RunManifest;
  expect(sum).toBeDefined();
  const { study: settings } = manifest;
  const normalization = { ...settings.model.normalization, mean: [0.9, 0.4, 0.4] };
  const changed = { ...manifest, study: { ...settings, model: { ...settings.model, normalization } } };
  await writeFile(join(run, 'run.json'), JSON.stringify(changed));
  await rm(join(run, 'sums.jsonl'));
  for (const said of await refusals(COMMANDS.slice(0, 3)))
    expect(said).toMatch(/epoch-00\d\.safetensors.*another input/s);
});

it('a run of an older version is taken as it is, and said to be', async () => {
  const { sum, ...manifest } = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as RunManifest;
  expect(sum).toBeDefined();
  await writeFile(join(run, 'run.json'), JSON.stringify(manifest));
  await rm(join(run, 'sums.jsonl'));
  const { code, stderr } = await epochlens(['explain', run, '--engine', 'wasm']);
  expect(code).toBe(0);
  expect(stderr).toMatch(/kept no checksums: they are taken as they are/);
});
