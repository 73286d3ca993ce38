/** Networks from ONNX files, by the real command line: as runs, directly, and trained. */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { listCheckpoints, openRun } from '../../src/runs';
import { writeModel } from '../onnx/protobuf';
import { smallOnnx } from '../onnx/small';
import { itOnnxruntime, withOnnxruntime } from '../onnxruntime';
import { epochlens, succeed, temporaryFolder } from './cli';

const QUIET = ['--synthetic', '--normalization', 'cifar10', '--no-evaluate'];
const PICTURE = join(import.meta.dirname, '..', 'fixtures', 'images', 'grey.png');

let folder: string;
let study: string;
let run: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder, 'small.onnx'), smallOnnx());
  study = join(folder, 'small.epochlens.json');
  const images = { kind: 'synthetic', trainLimit: 32, testLimit: 16 };
  const settings = { dataset: images, model: { weights: 'small.onnx' }, training: { epochs: 2, batchSize: 16 } };
  await writeFile(study, JSON.stringify({ ...settings, explain: { images: { test: [0, 1] } } }));
});

async function refused(args: readonly string[], ...patterns: RegExp[]): Promise<void> {
  const { code, stderr } = await epochlens(args, { cwd: folder });
  for (const pattern of patterns) expect(stderr).toMatch(pattern);
  expect(code).toBe(2);
}

it('a file is trained from, gone on with, verified and exported', async () => {
  const text = await succeed(['train', study, '--engine', 'embedded'], { cwd: folder });
  run = /The run is in (.*)/.exec(text)?.[1] ?? '';
  const opened = await openRun(run);
  expect(opened.network).toMatchObject({ name: 'onnx', file: { path: join(run, 'network.onnx') } });
  expect((await listCheckpoints(run)).map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
  // The weights are in the checkpoints alone.
  expect((await readFile(join(run, 'network.onnx'))).length).toBeLessThan(3000);
  expect(await succeed(['verify', run])).toMatch(/network\.onnx +1/);
  const out = join(folder, 'epoch0.safetensors');
  await succeed(['export', run, '--epoch', '0', '--out', out]);
  const direct = await logitsOf(['--weights', 'small.onnx']);
  // Epoch 0 is the file's network.
  expect(await logitsOf([run, '--checkpoints', '0'])).toEqual(direct);
  expect(await logitsOf([run, '--checkpoints', '2'])).not.toEqual(direct);
  const resumed = await epochlens(['train', study, '--run', run, '--resume', '--engine', 'embedded'], { cwd: folder });
  expect(resumed.code).toBe(0);
});

async function logitsOf(of: readonly string[]): Promise<string[]> {
  const options = ['--engine', 'embedded', '--json'];
  const normalization = of.includes('--weights') ? await normalizationOfStudy() : [];
  const stdout = await succeed(['explain', ...of, PICTURE, ...normalization, ...options], { cwd: folder });
  const [first] = JSON.parse(stdout) as { logits: number[] }[];
  return (first?.logits ?? []).map((logit) => logit.toFixed(4));
}

async function normalizationOfStudy(): Promise<string[]> {
  const { mean, std } = (await openRun(run)).study.model.normalization;
  return ['--mean', mean.join(), '--std', std.join()];
}

it('a file, and a folder of epochs, become runs', async () => {
  const stdout = await succeed(['import', 'small.onnx', ...QUIET, '--name', 'one'], { cwd: folder });
  expect(stdout).toMatch(/1 checkpoint of the network in small\.onnx/);
  expect(stdout).toMatch(/not compared with its own program/);
  const epochs = join(folder, 'epochs');
  await mkdir(epochs);
  for (const epoch of [1, 2, 10]) await writeFile(join(epochs, `net-epoch${epoch}.onnx`), smallOnnx({ seed: epoch }));
  const text = await succeed(['import', 'epochs', ...QUIET], { cwd: folder });
  const imported = await openRun(/Run: +(.*)/.exec(text)?.[1] ?? '');
  expect((await listCheckpoints(imported.folder)).map(({ epoch }) => epoch)).toEqual([1, 2, 10]);
  expect(imported.study.model).toMatchObject({
    architecture: 'onnx',
    weights: 'epochs/net-epoch1.onnx',
    inputSize: 32,
  });
});

it('one graph and a state dict an epoch become a run', async () => {
  const theirs = join(folder, 'theirs');
  await mkdir(theirs);
  await copyFile(join(folder, 'small.onnx'), join(theirs, 'graph.onnx'));
  for (const epoch of [1, 2]) {
    await copyFile(
      join(run, 'checkpoints', `epoch-00${epoch}.safetensors`),
      join(theirs, `model-epoch-${epoch}.safetensors`),
    );
  }
  const text = await succeed(['import', 'theirs', ...QUIET], { cwd: folder });
  const imported = /Run: +(.*)/.exec(text)?.[1] ?? '';
  expect(await logitsOf([imported, '--checkpoints', '2'])).toEqual(await logitsOf([run, '--checkpoints', '2']));
});

it('outputs that lie beside a file are compared, and a difference stops the import', async () => {
  const beside = join(folder, 'zoo');
  await mkdir(join(beside, 'test_data_set_0'), { recursive: true });
  await copyFile(join(folder, 'small.onnx'), join(beside, 'small.onnx'));
  const tensor = (name: string, shape: readonly number[], data: Float32Array): Promise<void> =>
    writeFile(join(beside, 'test_data_set_0', name), tensorFile(shape, data));
  await tensor('input_0.pb', [1, 3, 32, 32], new Float32Array(3 * 32 * 32));
  await tensor('output_0.pb', [1, 10], new Float32Array(10).fill(3));
  const before = await readdir(folder);
  await refused(['import', 'zoo/small.onnx', ...QUIET, '--engine', 'embedded'], /computes something else here/);
  expect(await readdir(folder)).toEqual(before);
});

/** A TensorProto: of its fields dims, data_type and raw_data. */
function tensorFile(shape: readonly number[], data: Float32Array): Uint8Array {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)]);
  const raw = new Uint8Array(data.buffer);
  return Uint8Array.from([
    ...shape.flatMap((length) => [8, ...varint(length)]),
    16,
    1,
    74,
    ...varint(raw.length),
    ...raw,
  ]);
}

it('refusals say what, and nothing is half written', async () => {
  const odd = writeModel({
    nodes: [{ operator: 'Frobnicate', inputs: ['input'], output: 'logits', attributes: {} }],
    tensors: [],
    input: { name: 'input', shape: ['batch', 3, 32, 32] },
    output: { name: 'logits', shape: ['batch', 10] },
  });
  await writeFile(join(folder, 'odd.onnx'), odd);
  await writeFile(join(folder, 'other.onnx'), smallOnnx({ stride: 1 }));
  const runs = await readdir(join(folder, '.epochlens', 'runs'));
  await refused(['import', 'odd.onnx', ...QUIET], /Frobnicate/, /logits/);
  await refused(['explain', '--weights', 'odd.onnx', PICTURE], /Frobnicate/);
  await refused(
    ['import', 'small.onnx', 'other.onnx', ...QUIET],
    /small\.onnx, node conv1.*another graph.*other\.onnx/s,
  );
  await refused(['explain', '--weights', 'small.onnx', '--architecture', 'resnet20', PICTURE], /--architecture/);
  await refused(['explain', '--weights', 'small.onnx', '--input-size', '64', PICTURE], /64.*32/s);
  expect(await readdir(join(folder, '.epochlens', 'runs'))).toEqual(runs);
});

it('a damaged graph is named, and nothing is computed from it', async () => {
  const graph = join(run, 'network.onnx');
  const bytes = await readFile(graph);
  bytes[bytes.length - 20] = (bytes.at(-20) ?? 0) ^ 1;
  await writeFile(graph, bytes);
  await refused(['explain', run, PICTURE], /network\.onnx.*damaged/s);
  const { code, stdout } = await epochlens(['verify', run], { cwd: folder });
  expect(code).toBe(1);
  expect(stdout).toMatch(/network\.onnx/);
  expect(stdout).toMatch(/not those that were written/);
});

it('a file of an operator that is not computed here offers onnxruntime, which is asked for by name', async () => {
  await writeFile(join(folder, 'hard max.onnx'), smallOnnx({ activation: 'Hardmax' }));
  const file = ['--weights', 'hard max.onnx'];
  await refused(
    ['explain', ...file, PICTURE],
    /Hardmax.*epochlens explain --weights '[^']*hard max\.onnx' --forward-only --method occlusion/,
  );
  await refused(['import', 'hard max.onnx', ...QUIET], /Hardmax.*--forward-only/);
  const { code, stderr } = await epochlens(['explain', ...file, '--forward-only', PICTURE], {
    cwd: folder,
    env: { EPOCHLENS_ONNXRUNTIME: 'off' },
  });
  expect(stderr).toMatch(/onnxruntime-node is not installed.*epochlens setup onnxruntime/);
  expect(code).toBe(2);
});

itOnnxruntime(withOnnxruntime('and is explained by it'), async () => {
  await writeFile(join(folder, 'hardmax.onnx'), smallOnnx({ activation: 'Hardmax' }));
  const options = ['--forward-only', '--method', 'occlusion', '--engine', 'embedded', '--json'];
  const stdout = await succeed(['explain', '--weights', 'hardmax.onnx', PICTURE, ...options], { cwd: folder });
  const [first] = JSON.parse(stdout) as { layer: string; heatmap: { values: number[] } }[];
  expect(first?.layer).toBe('input');
  expect(Math.max(...(first?.heatmap.values ?? []))).toBeGreaterThan(0);
});
