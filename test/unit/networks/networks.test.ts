import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { classifierTensors, declareNetwork, namedNetwork, networkId } from '../../../src/architectures';
import { createModel, describeModel } from '../../../src/models/model';
import { initialState } from '../../../src/models/weights';
import { graphBytesOf, networkAt, readNetwork, readNetworkWithState } from '../../../src/networks';
import { exportOnnx } from '../../onnx/export';
import { smallOnnx, type SmallNetwork } from '../../onnx/small';
import { model as onnxModel, node, weights } from '../onnx/model';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-networks-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function small(name: string, options: SmallNetwork = {}): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, smallOnnx(options));
  return path;
}

it('a file stands where a name does', async () => {
  const { network } = await readNetwork(await small('a.onnx'));
  const model = createModel(network, 32, 10);
  expect(model.tensors.map(({ name }) => name)).toEqual([
    'conv1.weight',
    'conv1.bias',
    'conv2.weight',
    'conv2.bias',
    'fc.weight',
    'fc.bias',
  ]);
  expect(model.targetLayers.at(-1)).toMatchObject({ height: 8, width: 8, channels: 16 });
  expect(model).toMatchObject({ head: 'gapLinear', parameterCount: 224 + 1168 + 170 });
  expect(describeModel(model)).toMatch(/^onnx [0-9a-f]{64} at 32 for 10 classes$/);
  expect(networkId(namedNetwork('resnet20'))).toBe('resnet20');
});

it('graphs are told apart by what they compute, and not by weights', async () => {
  const idOf = async (path: string): Promise<string> => networkId((await readNetwork(path)).network);
  const id = await idOf(await small('b.onnx'));
  expect(await idOf(await small('c.onnx', { seed: 2 }))).toBe(id);
  expect(await idOf(await small('d.onnx', { stride: 1 }))).not.toBe(id);
  expect(await idOf(await small('e.onnx', { activation: 'Sigmoid' }))).not.toBe(id);
});

it('what a run keeps is the same graph, without weights', async () => {
  const { network, state } = await readNetworkWithState(await small('f.onnx'));
  expect(state?.get('fc.weight')).toHaveLength(160);
  const kept = join(folder, 'network.onnx');
  await writeFile(kept, await graphBytesOf(network.file));
  const again = await readNetworkWithState(kept);
  expect(again.state).toBeUndefined();
  expect(again.network.file.hash).toBe(network.file.hash);
  // Another thread is told of it in plain values.
  expect(networkId(await networkAt({ name: 'onnx', path: kept }, 32))).toBe(networkId(network));
});

it('weights in a file beside it are read with it, and not kept with the graph', async () => {
  const path = join(folder, 'outer.onnx');
  const external = { location: 'outer.onnx.data', offset: '4', length: '432' };
  const parts = {
    nodes: [
      node('Conv', 'x w', 'm'),
      node('ReduceMean', 'm', 'h', { axes: [2, 3], keepdims: 0 }),
      node('MatMul', 'h f', 'y'),
    ],
    initialisers: { w: { shape: [4, 3, 3, 3], external }, f: weights(4, 10) },
  };
  await writeFile(path, onnxModel(parts));
  await writeFile(`${path}.data`, new Uint8Array(Float32Array.from({ length: 109 }, (_, at) => at).buffer));
  const { network, state, graphBytes } = await readNetworkWithState(path);
  expect(state?.get('w')?.[0]).toBe(1);
  const kept = join(folder, 'inner.onnx');
  await writeFile(kept, graphBytes);
  expect((await readNetwork(kept)).network.file.hash).toBe(network.file.hash);
});

it('is read again where the file has changed', async () => {
  const path = await small('g.onnx');
  const first = await readNetwork(path);
  expect(await readNetwork(path)).toBe(first);
  await small('g.onnx', { classes: 4 });
  expect((await readNetwork(path)).network.file.graph.classes).toBe(4);
});

it('a classifier that makes the logits can be of other classes', async () => {
  const { network } = await readNetwork(await small('h.onnx'));
  const shapes = (classes: number): unknown =>
    declareNetwork(network, 32, classes)
      .tensors.filter(({ name }) => name.startsWith('fc'))
      .map(({ shape }) => shape);
  expect(shapes(10)).toEqual([[10, 16], [10]]);
  expect(shapes(3)).toEqual([[3, 16], [3]]);
  const model = createModel(network, 32, 3);
  expect([...classifierTensors(network, model.tensors)]).toEqual(['fc.weight', 'fc.bias']);
  expect(model.parameterCount).toBe(224 + 1168 + 51);
});

it('another one cannot, which is said with the node', async () => {
  const { network } = await readNetwork(await small('i.onnx', { scaled: true }));
  expect(createModel(network, 32, 10).classes).toBe(10);
  expect(() => createModel(network, 32, 3)).toThrow(/node .* \(Add\).*classifier cannot be replaced/s);
});

it('is of the input size that its file has', async () => {
  const path = await small('j.onnx');
  await expect(readNetwork(path, 64)).rejects.toThrow(/another input size.*64.*32/s);
  const free = await small('k.onnx', { size: 'side' });
  expect((await readNetwork(free, 64)).network.file.graph.inputSize).toBe(64);
  const { network } = await readNetwork(free, 48);
  expect(() => createModel(network, 64, 10)).toThrow(/takes no inputs of this size/);
});

it('has the tensors that PyTorch names, in their order', async () => {
  const model = createModel('resnet20', 32, 10);
  const path = join(folder, 'resnet20.onnx');
  await writeFile(path, exportOnnx(model, initialState(model, 1)));
  const read = createModel((await readNetwork(path)).network, 32, 10);
  const names = (of: typeof model): string[] =>
    of.tensors.flatMap(({ name, role }) => (role === 'batchCount' ? [] : [name])).sort();
  expect(names(read)).toEqual(names(model));
  expect(read.statistics.map(({ module }) => module)).toEqual(model.statistics.map(({ module }) => module));
});

it.each(['not there', 'a folder'])('%s is refused by its name', async (what) => {
  const path = what === 'a folder' ? folder : join(folder, 'absent.onnx');
  await expect(readNetwork(path)).rejects.toThrow(new RegExp(path));
});
