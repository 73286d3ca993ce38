/** What small files are read as: operations, shapes, tensors and layers. */
import { describe, expect, it } from 'vitest';
import type { GraphNode } from '../../../src/architectures';
import { readOnnxGraph } from '../../../src/onnx';
import { int64, model, node, weights, type ModelParts } from './model';

function read(parts: ModelParts, inputSize?: number) {
  return readOnnxGraph(model(parts), 'small.onnx', { inputSize });
}

/** Behind a map [n, 4, 8, 8] called m, which goes through `middle` to h [n, k] and a linear layer. */
function behind(middle: ModelParts['nodes'], features: number, more: ModelParts['initialisers'] = {}, opset = 17) {
  return read({
    opset,
    nodes: [
      node('Conv', 'x conv.weight conv.bias', 'm', { pads: [1, 1, 1, 1] }),
      ...middle,
      node('Gemm', 'h fc.weight fc.bias', 'y', { transB: 1 }),
    ],
    initialisers: {
      'conv.weight': weights(4, 3, 3, 3),
      'conv.bias': weights(4),
      'fc.weight': weights(10, features),
      'fc.bias': weights(10),
      ...more,
    },
  });
}

const pooled = [node('GlobalAveragePool', 't', 'g'), node('Flatten', 'g', 'h')];
const kinds = (nodes: readonly GraphNode[]) =>
  nodes.map(({ operation }) =>
    operation.kind === 'unary'
      ? operation.function.name
      : operation.kind === 'binary'
        ? operation.function
        : operation.kind,
  );

describe('the number of images', () => {
  const reshaped = (shape: number[]) => behind([node('Reshape', 'm s', 'h')], 256, { s: int64(...shape) });

  it('stays open where a file says so', () => {
    const { graph } = reshaped([-1, 256]);
    // Positions lie behind channels in the file, so that one transposition is needed.
    expect(kinds(graph.nodes)).toEqual(['convolution', 'transpose', 'reshape', 'matMul', 'add']);
    expect(graph.nodes.at(-1)?.shape).toEqual([{ batch: 1 }, 10]);
  });

  it('is set free where a file was written for one image', () => {
    const { graph } = read({
      input: [1, 3, 8, 8],
      nodes: [
        node('Conv', 'x w -', 'm'),
        node('GlobalAveragePool', 'm', 'g'),
        node('Reshape', 'g s', 'r'),
        node('Concat', 'token r', 'c', { axis: 1 }),
        node('ReduceMean', 'c', 'h', { axes: [1], keepdims: 0 }),
        node('MatMul', 'h f', 'y'),
      ],
      initialisers: { w: weights(6, 3, 1, 1), s: int64(1, 1, 6), token: weights(1, 1, 6), f: weights(6, 10) },
    });
    expect(graph.nodes.at(-1)?.shape).toEqual([{ batch: 1 }, 10]);
    expect(kinds(graph.nodes)).toContain('expand');
  });

  it('goes through chains of Shape, Gather and Concat', () => {
    const { graph } = behind(
      [
        node('Shape', 'm', 'shape'),
        node('Gather', 'shape zero', 'batch', { axis: 0 }),
        node('Unsqueeze', 'batch axes', 'b'),
        node('Concat', 'b rest', 's', { axis: 0 }),
        node('Reshape', 'm s', 'h'),
      ],
      256,
      { zero: { shape: [], dataType: 7, data: BigInt64Array.of(0n) }, axes: int64(0), rest: int64(-1) },
    );
    expect(kinds(graph.nodes)).toEqual(['convolution', 'transpose', 'reshape', 'matMul', 'add']);
  });

  it('is not mixed with what is in an image', () => {
    expect(() => reshaped([2, -1, 256])).toThrow(/node the Reshape \(Reshape\)|the Gemm/);
  });
});

describe('versions of operators', () => {
  const both: [string, ModelParts['nodes'], ModelParts['nodes'], ModelParts['initialisers']][] = [
    [
      'Clip',
      [node('Clip', 'm', 't', { min: { float: 0 }, max: { float: 6 } })],
      [node('Clip', 'm zero six', 't')],
      { zero: { shape: [], data: Float32Array.of(0) }, six: { shape: [], data: Float32Array.of(6) } },
    ],
    [
      'Slice',
      [node('Slice', 'm', 't', { starts: [1], ends: [100], axes: [2] })],
      [node('Slice', 'm one large axis', 't')],
      { one: int64(1), large: int64(2 ** 53), axis: int64(2) },
    ],
    [
      'Pad',
      [node('Pad', 'm', 't', { pads: [0, 0, 1, 0, 0, 0, 2, 0] })],
      [node('Pad', 'm pads', 't')],
      { pads: int64(0, 0, 1, 0, 0, 0, 2, 0) },
    ],
    [
      'Split',
      [node('Split', 'm', 'a b', { axis: 1, split: [3, 1] }), node('Concat', 'b a', 't', { axis: 1 })],
      [node('Split', 'm lengths', 'a b', { axis: 1 }), node('Concat', 'b a', 't', { axis: 1 })],
      { lengths: int64(3, 1) },
    ],
  ];
  it.each(both)('%s reads attributes of old and inputs of new', (_, old, young, more) => {
    const [before, after] = [behind([...old, ...pooled], 4, more, 9), behind([...young, ...pooled], 4, more, 18)];
    expect(after.graph.nodes).toEqual(before.graph.nodes);
  });

  it('takes axes of reductions as attribute and as input', () => {
    const reduced = (...middle: ModelParts['nodes']) =>
      behind(middle, 4, { axes: int64(2, 3) }, middle[0]?.inputs.length === 2 ? 18 : 13).graph.nodes;
    expect(reduced(node('ReduceMean', 'm axes', 'h', { keepdims: 0 }))).toEqual(
      reduced(node('ReduceMean', 'm', 'h', { axes: [2, 3], keepdims: 0 })),
    );
  });

  it('flattens before a softmax of old', () => {
    const { graph } = behind([node('Softmax', 'm', 't'), ...pooled], 4, {}, 11);
    expect(kinds(graph.nodes)).toEqual([
      'convolution',
      'transpose',
      'reshape',
      'softmax',
      'reshape',
      'transpose',
      'reduce',
      'reshape',
      'matMul',
      'add',
    ]);
  });
});

describe('layout', () => {
  it('moves nothing for transpositions between channels first and last', () => {
    const { graph } = behind(
      [
        node('Transpose', 'm', 'a', { perm: [0, 2, 3, 1] }),
        node('LayerNormalization', 'a norm.weight norm.bias', 'b'),
        node('Transpose', 'b', 't', { perm: [0, 3, 1, 2] }),
        ...pooled,
      ],
      4,
      { 'norm.weight': weights(4), 'norm.bias': weights(4) },
    );
    expect(kinds(graph.nodes)).toEqual([
      'convolution',
      'normalise',
      'multiply',
      'add',
      'reduce',
      'reshape',
      'matMul',
      'add',
    ]);
    expect(graph.nodes[1]?.operation).toMatchObject({ axes: [3] });
  });

  it('maps the axes of concatenation, padding and reduction', () => {
    const { graph } = behind(
      [node('Concat', 'm m', 'c', { axis: 1 }), node('ReduceMax', 'c', 'h', { axes: [2, 3], keepdims: 0 })],
      8,
    );
    expect(graph.nodes.slice(1, 3).map(({ operation }) => operation)).toMatchObject([{ axis: 3 }, { axes: [1, 2] }]);
  });

  it('broadcasts a number a channel over maps', () => {
    const { graph } = behind([node('Mul', 'm gamma', 't'), ...pooled], 4, { gamma: weights(4, 1, 1) });
    expect(graph.nodes[1]).toMatchObject({ operation: { kind: 'reshape' }, shape: [1, 1, 4] });
    expect(graph.tensors.find(({ name }) => name === 'gamma')).toMatchObject({ role: 'free', shape: [4, 1, 1] });
  });

  it('splits channels in memory, as a channel shuffle does', () => {
    const { graph } = behind(
      [
        node('Reshape', 'm five', 'a'),
        node('Transpose', 'a', 'b', { perm: [0, 2, 1, 3, 4] }),
        node('Reshape', 'b four', 't'),
        ...pooled,
      ],
      4,
      { five: int64(0, 2, 2, 8, 8), four: int64(0, 4, 8, 8) },
    );
    expect(kinds(graph.nodes).filter((kind) => kind === 'transpose').length).toBe(1);
    expect(graph.nodes[1]?.shape).toEqual([{ batch: 1 }, 8, 8, 2, 2]);
  });

  it('takes images as Keras has them', () => {
    const { graph } = read({
      input: ['n', 8, 8, 3],
      nodes: [
        { ...node('Transpose', 'x', 'a', { perm: [0, 3, 1, 2] }), name: 'StatefulPartitionedCall/net/conv1/Conv2D__6' },
        { ...node('Conv', 'a kernel', 'b'), name: 'StatefulPartitionedCall/net/conv1/Conv2D' },
        { ...node('Relu', 'b', 'c'), name: 'StatefulPartitionedCall/net/relu/Relu' },
        {
          ...node('ReduceMean', 'c', 'h', { axes: [2, 3], keepdims: 0 }),
          name: 'StatefulPartitionedCall/net/pool/Mean',
        },
        { ...node('MatMul', 'h dense', 'z'), name: 'StatefulPartitionedCall/net/dense/MatMul' },
        { ...node('Softmax', 'z', 'y'), name: 'StatefulPartitionedCall/net/dense/Softmax' },
      ],
      initialisers: { kernel: weights(4, 3, 3, 3), dense: weights(4, 10) },
    });
    expect(kinds(graph.nodes)).toEqual(['convolution', 'relu', 'reduce', 'matMul']);
    expect(graph.head).toBe('gapLinear');
    expect(graph.notes.join()).toMatch(/softmax at the end/);
    expect(graph.layers.map(({ name }) => name)).toEqual(['conv1', 'relu']);
  });
});

describe('windows', () => {
  it.each([
    ['SAME_UPPER', { top: 0, bottom: 1, left: 0, right: 1 }],
    ['SAME_LOWER', { top: 1, bottom: 0, left: 1, right: 0 }],
  ])('pads by %s', (automatic, padding) => {
    const { graph } = read({
      nodes: [
        node('Conv', 'x w', 'm', { strides: [2, 2], auto_pad: automatic }),
        node('ReduceMean', 'm', 'h', { axes: [2, 3], keepdims: 0 }),
        node('MatMul', 'h f', 'y'),
      ],
      initialisers: { w: weights(4, 3, 3, 3), f: weights(4, 10) },
    });
    expect(graph.nodes[0]).toMatchObject({ operation: { padding }, shape: [{ batch: 1 }, 4, 4, 4] });
  });

  it('counts what ceil_mode adds, and leaves out a window that starts behind the image', () => {
    const pool = (kernel: number, stride: number) =>
      behind(
        [
          node('MaxPool', 'm', 't', { kernel_shape: [kernel, kernel], strides: [stride, stride], ceil_mode: 1 }),
          ...pooled,
        ],
        4,
      ).graph.nodes[1];
    expect(pool(3, 2)).toMatchObject({ operation: { overhang: [1, 1] }, shape: [{ batch: 1 }, 4, 4, 4] });
    expect(pool(1, 3)).toMatchObject({ operation: { overhang: [0, 0] }, shape: [{ batch: 1 }, 3, 3, 4] });
    expect(pool(2, 7)).toMatchObject({ operation: { overhang: [1, 1] }, shape: [{ batch: 1 }, 2, 2, 4] });
  });
});

describe('tensors', () => {
  it('keep the names of PyTorch, and get them where an exporter dropped them', () => {
    const { graph, state, fileNames } = read({
      nodes: [
        { ...node('Conv', 'x onnx::Conv_5 onnx::Conv_6', 'm'), name: '/layer1/layer1.0/conv1/Conv' },
        node('ReduceMean', 'm', 'h', { axes: [2, 3], keepdims: 0 }),
        { ...node('MatMul', 'h onnx::MatMul_7', 'z'), name: '/fc/MatMul' },
        { ...node('Add', 'z fc.bias', 'y'), name: '/fc/Add' },
      ],
      initialisers: {
        'onnx::Conv_5': weights(4, 3, 3, 3),
        'onnx::Conv_6': weights(4),
        'onnx::MatMul_7': weights(4, 10),
        'fc.bias': weights(10),
      },
    });
    expect(graph.tensors).toEqual([
      { name: 'layer1.0.conv1.weight', role: 'convolution', shape: [4, 3, 3, 3] },
      { name: 'layer1.0.conv1.bias', role: 'bias', shape: [4], fanIn: 27 },
      { name: 'fc.weight', role: 'linear', shape: [10, 4] },
      { name: 'fc.bias', role: 'bias', shape: [10], fanIn: 4 },
    ]);
    expect(fileNames.get('onnx::MatMul_7')).toBe('fc.weight');
    // [in, out] in the file, [out, in] in PyTorch.
    expect(state?.get('fc.weight')?.[1]).toBeCloseTo(Math.sin(11), 6);
    expect(graph.layers.map(({ name, aliases }) => [name, ...aliases])).toEqual([
      ['layer1.0.bn1', 'layer1.0', 'layer1'],
    ]);
    expect(graph.layers[0]?.folded).toEqual(['layer1.0.conv1']);
  });

  it.each([
    [
      '/features/denseblock1/denselayer1',
      'conv1',
      'relu1/Relu',
      'relu2/Relu',
      'features.denseblock1.denselayer1.norm2',
    ],
    ['/inception3a/branch1', 'conv', 'Relu', 'Relu_1', 'inception3a.branch1.bn'],
  ])('of torchvision in %s write over a folded norm', (block, convolution, before, behind, norm) => {
    const { graph } = read({
      nodes: [
        { ...node('Relu', 'x', 'r'), name: `${block}/${before}` },
        { ...node('Conv', 'r onnx::Conv_5 onnx::Conv_6', 'm'), name: `${block}/${convolution}/Conv` },
        { ...node('Relu', 'm', 'a'), name: `${block}/${behind}` },
        node('ReduceMean', 'a', 'h', { axes: [2, 3], keepdims: 0 }),
        { ...node('Gemm', 'h fc.weight fc.bias', 'y', { transB: 1 }), name: '/fc/Gemm' },
      ],
      initialisers: {
        'onnx::Conv_5': weights(4, 3, 3, 3),
        'onnx::Conv_6': weights(4),
        'fc.weight': weights(10, 4),
        'fc.bias': weights(10),
      },
    });
    const activation = graph.nodes.filter(({ operator }) => operator === 'Relu').at(-1)?.output;
    const layer = graph.layers.find(({ name, aliases }) => [name, ...aliases].includes(norm));
    expect(layer?.value).toBe(activation);
    expect(layer?.folded).toEqual([`${block.slice(1).replaceAll('/', '.')}.${convolution}`]);
  });

  it('are free where two operators use one in two ways', () => {
    const { graph } = read({
      nodes: [
        node('Conv', 'x w', 'm'),
        node('Mul', 'm gate', 'k'),
        node('ReduceMean', 'w', 'gate', { axes: [0, 1, 2, 3] }),
        node('ReduceMean', 'k', 'h', { axes: [2, 3], keepdims: 0 }),
        node('MatMul', 'h f', 'y'),
      ].sort((a, b) => order(a) - order(b)),
      initialisers: { w: weights(4, 3, 3, 3), f: weights(4, 10) },
    });
    expect(graph.tensors.find(({ name }) => name === 'w')).toMatchObject({ role: 'free', shape: [4, 3, 3, 3] });
    expect(graph.nodes.find(({ operation }) => operation.kind === 'transpose')?.operation).toEqual({
      kind: 'transpose',
      order: [2, 3, 1, 0],
    });
  });

  it('come out of eight bits', () => {
    const { state, graph } = read({
      nodes: [
        node('DequantizeLinear', 'w8 scale zero', 'w', { axis: 0 }),
        node('Conv', 'x w', 'm'),
        node('ReduceMean', 'm', 'h', { axes: [2, 3], keepdims: 0 }),
        node('MatMul', 'h f', 'y'),
      ],
      initialisers: {
        w8: { shape: [2, 3, 1, 1], dataType: 3, data: Int8Array.of(1, 2, 3, 4, 5, 6) },
        scale: { shape: [2], data: Float32Array.of(0.5, 0.25) },
        zero: { shape: [2], dataType: 3, data: Int8Array.of(1, 0) },
        f: weights(2, 10),
      },
    });
    expect(graph.tensors[0]).toMatchObject({ role: 'convolution', shape: [2, 3, 1, 1] });
    expect([...(state?.values().next().value ?? [])]).toEqual([0, 0.5, 1, 1, 1.25, 1.5]);
  });
});

function order({ outputs: [output] }: { readonly outputs: readonly string[] }): number {
  return ['m', 'gate', 'k', 'h', 'y'].indexOf(output ?? '');
}

describe('the input size', () => {
  const parts = {
    input: ['n', 3, 'h', 'w'],
    nodes: [
      node('Conv', 'x w', 'm'),
      node('ReduceMean', 'm', 'h', { axes: [2, 3], keepdims: 0 }),
      node('MatMul', 'h f', 'y'),
    ],
    initialisers: { w: weights(4, 3, 3, 3), f: weights(4, 10) },
  };
  it('is what is asked for, what the metadata say, or 224', () => {
    expect(read(parts, 40).graph.inputSize).toBe(40);
    expect(read({ ...parts, metadata: { input_size: '[3, 96, 96]' } }).graph.inputSize).toBe(96);
    expect(read(parts).graph).toMatchObject({ inputSize: 224, notes: [expect.stringContaining('224') as string] });
  });
  it('is refused where the file fixes another', () => {
    expect(() => read({ ...parts, input: ['n', 3, 32, 32] }, 40)).toThrow(/found 40 pixels a side, expected 32/);
  });
});

it('fuses activations that are written out', () => {
  const { graph } = behind(
    [
      node('Sigmoid', 'm', 's'),
      node('Mul', 'm s', 'a'),
      node('HardSigmoid', 'a', 'b', { alpha: { float: 1 / 6 } }),
      node('Mul', 'a b', 't'),
      ...pooled,
    ],
    4,
  );
  expect(kinds(graph.nodes)).toEqual(['convolution', 'silu', 'hardSwish', 'reduce', 'reshape', 'matMul', 'add']);
});

it('takes the branch that the file decides', () => {
  const branch = (operator: string) => ({ graph: { nodes: [node(operator, 'm', 'out')], outputs: ['out'] } });
  const { graph } = behind(
    [node('If', 'yes', 't', { then_branch: branch('Relu'), else_branch: branch('Tanh') }), ...pooled],
    4,
    {
      yes: { shape: [], dataType: 9, data: Uint8Array.of(1) },
    },
  );
  expect(kinds(graph.nodes)).toContain('relu');
});
