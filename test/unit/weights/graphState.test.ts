/** State dicts as the weights of a graph: by names, and with batch norms folded as the graph has them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileNetwork } from '../../../src/architectures';
import { readNetworkWithState } from '../../../src/networks';
import { graphStateIn } from '../../../src/weights/graph/state';
import type { StoredTensor } from '../../../src/weights/stored';
import { smallOnnx } from '../../onnx/small';

let folder: string;
let network: FileNetwork;
let own: Map<string, StoredTensor>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-graph-'));
  const path = join(folder, 'small.onnx');
  await writeFile(path, smallOnnx());
  const { network: read, state } = await readNetworkWithState(path);
  network = read;
  own = new Map(
    read.file.graph.tensors.map(({ name, shape }) => [name, { shape, data: state?.get(name) ?? new Float32Array() }]),
  );
});
afterAll(() => rm(folder, { recursive: true }));

const read = (tensors: ReadonlyMap<string, StoredTensor>, key = '') =>
  graphStateIn({ dicts: [{ key, tensors, metadata: {} }] }, network, { path: 'w.pth' });

/** Without the biases of both convolutions, and with batch norms in their place. */
function unfolded(names: readonly [string, string]): Map<string, StoredTensor> {
  const dict = new Map([...own].filter(([name]) => !/^conv\d\.bias$/.test(name)));
  for (const [at, module] of names.entries()) {
    const length = at === 0 ? 8 : 16;
    const filled = (value: number): StoredTensor => ({ shape: [length], data: new Float32Array(length).fill(value) });
    dict.set(`${module}.weight`, filled(2));
    dict.set(`${module}.bias`, filled(0.25));
    dict.set(`${module}.running_mean`, filled(0.5));
    dict.set(`${module}.running_var`, filled(4 - 1e-5));
    dict.set(`${module}.num_batches_tracked`, { shape: [], data: Float32Array.of(7) });
  }
  return dict;
}

it('takes tensors by their names, under a prefix too', () => {
  const under = new Map([...own].map(([name, tensor]) => [`module.model.${name}`, tensor]));
  const found = read(under);
  expect(found).toMatchObject({ architecture: 'onnx', classes: 10, leftOut: [] });
  expect([...found.tensors.keys()].sort()).toEqual([...own.keys()].sort());
});

it('says how many classes a classifier of other classes knows', () => {
  const other = new Map(own).set('fc.weight', { shape: [4, 16], data: new Float32Array(64) });
  expect(read(other.set('fc.bias', { shape: [4], data: new Float32Array(4) })).classes).toBe(4);
});

it.each([
  ['bn1', 'bn2'],
  ['norm1', 'norm2'],
] as const)('folds %s and %s into the convolutions', (...names) => {
  const found = read(unfolded(names));
  expect(found.foldedBatchNorms).toBe(2);
  // γ/√(σ² + ε) = 1: weights stay, and biases are β − μ.
  expect([...(found.tensors.get('conv2.weight')?.data ?? [])]).toEqual([...(own.get('conv2.weight')?.data ?? [])]);
  expect([...(found.tensors.get('conv1.bias')?.data ?? [])]).toEqual(new Array(8).fill(-0.25));
});

it('refuses batch norms of which names do not tell which convolution they follow', () => {
  const odd = unfolded(['a.first', 'b.second']);
  expect(() => read(odd)).toThrow(/batch norm folded.*optimize=False/s);
});

it('names a tensor that is missing, and the file', () => {
  const without = new Map([...own].filter(([name]) => name !== 'fc.bias'));
  expect(() => read(without)).toThrow(/w\.pth.*fc\.bias/s);
});
