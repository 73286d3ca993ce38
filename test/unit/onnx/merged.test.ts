/** Files in which an exporter has merged equal tensors: zeros and ones of a network that was never trained. */
import { expect, it } from 'vitest';
import { readOnnxGraph } from '../../../src/onnx';
import { writeModel } from '../../onnx/protobuf';

const vector = (name: string, value: number) => ({ name, shape: [4], data: new Float32Array(4).fill(value) });

it('finds the statistics of a batch norm that lie under the names of others', () => {
  const norm = (input: string, output: string, of: readonly string[]) => ({
    operator: 'BatchNormalization',
    inputs: [input, ...of],
    output,
    attributes: {},
  });
  const file = writeModel({
    nodes: [
      {
        operator: 'Conv',
        inputs: ['input', 'conv.weight'],
        output: 'conv',
        attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] },
      },
      // As ones and zeros: scale, shift, mean, variance.
      norm('conv', 'a', ['norm1.weight', 'norm2.bias', 'norm2.bias', 'norm1.weight']),
      norm('a', 'b', ['norm2.weight', 'norm2.bias', 'norm3.running_mean', 'norm1.weight']),
      norm('b', 'c', ['norm3.weight', 'norm2.bias', 'norm3.running_mean', 'norm1.weight']),
      { operator: 'GlobalAveragePool', inputs: ['c'], output: 'pool', attributes: {} },
      { operator: 'Flatten', inputs: ['pool'], output: 'flat', attributes: { axis: 1 } },
      { operator: 'Gemm', inputs: ['flat', 'fc.weight', 'fc.bias'], output: 'logits', attributes: { transB: 1 } },
    ],
    tensors: [
      { name: 'conv.weight', shape: [4, 3, 3, 3], data: new Float32Array(108).fill(0.1) },
      ...['norm1.weight', 'norm2.weight', 'norm3.weight'].map((name, at) => vector(name, at + 1)),
      vector('norm2.bias', 0),
      vector('norm3.running_mean', 0.5),
      { name: 'fc.weight', shape: [3, 4], data: new Float32Array(12).fill(0.2) },
      { name: 'fc.bias', shape: [3], data: new Float32Array(3) },
    ],
    input: { name: 'input', shape: ['batch', 3, 16, 16] },
    output: { name: 'logits', shape: ['batch', 3] },
  });
  const { graph, state } = readOnnxGraph(file, 'merged.onnx');
  const modules = graph.nodes.flatMap(({ operation }) => (operation.kind === 'batchNorm' ? [operation.module] : []));
  expect(modules).toHaveLength(3);
  expect(new Set(modules).size).toBe(3);
  const statistics = (name: string) => modules.map((module) => state?.get(`${module}.${name}`)?.[0]);
  expect(statistics('running_mean')).toEqual([0, 0.5, 0.5]);
  expect(statistics('running_var')).toEqual([1, 1, 1]);
});
