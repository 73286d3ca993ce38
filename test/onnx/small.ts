/** A small network as an ONNX file, as an exporter writes it that has folded its batch norms. */
import { createRandom } from '../../src/common/random';
import { writeModel, type WrittenNode, type WrittenTensor } from './protobuf';

export interface SmallNetwork {
  readonly classes?: number;
  /** Of its weights. */
  readonly seed?: number;
  /** Of the first convolution, to have another graph. */
  readonly stride?: number;
  /** In place of the first activation. */
  readonly activation?: string;
  /** Whether the outputs are rescaled behind the classifier, one by one. */
  readonly scaled?: boolean;
  readonly size?: number | string;
  /** How many images it takes, where it fixes that. */
  readonly batch?: number | string;
  /** Whether it gives probabilities. */
  readonly softmax?: boolean;
}

/** Two convolutions with biases, average pooling and a linear layer: [n, 3, 32, 32] → [n, classes]. */
export function smallOnnx(options: SmallNetwork = {}): Uint8Array {
  const { classes = 10, seed = 1, stride = 2, activation = 'Relu', scaled = false, size = 32 } = options;
  const { batch = 'batch', softmax = false } = options;
  const tensor = (name: string, shape: readonly number[]): WrittenTensor => {
    const random = createRandom('small network', seed, name);
    const count = shape.reduce((a, b) => a * b, 1);
    return { name, shape, data: Float32Array.from({ length: count }, () => 0.2 * random.normal()) };
  };
  const tensors = [
    tensor('conv1.weight', [8, 3, 3, 3]),
    tensor('conv1.bias', [8]),
    tensor('conv2.weight', [16, 8, 3, 3]),
    tensor('conv2.bias', [16]),
    tensor('fc.weight', [classes, 16]),
    tensor('fc.bias', [classes]),
    ...(scaled ? [tensor('rotation', [classes, classes])] : []),
  ];
  const convolution = (name: string, input: string, output: string, step: number): WrittenNode => ({
    operator: 'Conv',
    inputs: [input, `${name}.weight`, `${name}.bias`],
    output,
    attributes: { kernel_shape: [3, 3], strides: [step, step], pads: [1, 1, 1, 1] },
  });
  const plain = (operator: string, inputs: readonly string[], output: string, attributes = {}): WrittenNode => {
    return { operator, inputs, output, attributes };
  };
  const nodes = [
    convolution('conv1', 'input', 'conv1', stride),
    plain(activation, ['conv1'], 'relu1'),
    convolution('conv2', 'relu1', 'conv2', 2),
    plain('Relu', ['conv2'], 'relu2'),
    plain('GlobalAveragePool', ['relu2'], 'pool'),
    plain('Flatten', ['pool'], 'flat', { axis: 1 }),
    plain('Gemm', ['flat', 'fc.weight', 'fc.bias'], 'logits', { transB: 1 }),
    ...(softmax ? [plain('Softmax', ['logits'], 'probabilities', { axis: 1 })] : []),
    ...(scaled ? [plain('Mul', ['logits', 'logits'], 'squares'), plain('Add', ['logits', 'squares'], 'mixed')] : []),
  ];
  return writeModel({
    nodes,
    tensors: tensors.filter(({ name }) => name !== 'rotation'),
    input: { name: 'input', shape: [batch, 3, size, size] },
    output: { name: scaled ? 'mixed' : softmax ? 'probabilities' : 'logits', shape: [batch, classes] },
  });
}
