/** One of our architectures as an ONNX file, as PyTorch's exporter writes it with its batch norms kept. */
import type { ConvolutionOptions, DepthwiseOptions, Layers } from '../../src/architectures';
import type { Model } from '../../src/models/model';
import type { StateDict } from '../../src/models/weights';
import { writeModel, type WrittenNode, type WrittenTensor } from './protobuf';

interface Value {
  readonly name: string;
  readonly channels: number;
}

type Options = WrittenNode['attributes'];

/**
 * Of what ResNets and EfficientNets are made of.
 * @throws Error for other layers
 */
export function exportOnnx(model: Model, state: StateDict): Uint8Array {
  const tensors = new Map<string, WrittenTensor>();
  const nodes: WrittenNode[] = [];
  const shapes = new Map(model.tensors.map(({ name, shape }) => [name, shape]));

  function node(operator: string, inputs: readonly string[], attributes: Options = {}): string {
    const output = `${operator}_${nodes.length}`;
    nodes.push({ operator, inputs, output, attributes });
    return output;
  }
  function parameter(name: string): string {
    tensors.set(name, { name, shape: shapes.get(name) as number[], data: state.get(name) as Float32Array });
    return name;
  }
  function integers(name: string, values: readonly number[]): string {
    tensors.set(name, { name, shape: [values.length], data: BigInt64Array.from(values, BigInt) });
    return name;
  }
  const of = (operator: string, x: Value, attributes: Options = {}): Value => ({
    ...x,
    name: node(operator, [x.name], attributes),
  });
  const unsupported = (): never => {
    throw new Error('the exporter does not know this layer');
  };
  function convolution(name: string, x: Value, kernel: number, stride: number, group: number, bias: boolean): string {
    const pads = new Array<number>(4).fill((kernel - 1) / 2);
    const inputs = [x.name, parameter(`${name}.weight`), ...(bias ? [parameter(`${name}.bias`)] : [])];
    return node('Conv', inputs, { kernel_shape: [kernel, kernel], strides: [stride, stride], pads, group });
  }
  function linear(name: string, x: Value, outputs: number): Value {
    const inputs = [x.name, parameter(`${name}.weight`), parameter(`${name}.bias`)];
    return { name: node('Gemm', inputs, { transB: 1 }), channels: outputs };
  }

  const layers: Layers<Value> = {
    conv2d: (name, x, { filters, kernel, stride = 1, bias = false, groups = 1 }: ConvolutionOptions) => ({
      name: convolution(name, x, kernel, stride, groups, bias),
      channels: filters,
    }),
    depthwiseConv2d: (name, x, { kernel, stride, bias = false }: DepthwiseOptions) => ({
      ...x,
      name: convolution(name, x, kernel, stride, x.channels, bias),
    }),
    batchNorm(name, x, epsilon = 1e-5) {
      const parts = ['weight', 'bias', 'running_mean', 'running_var'].map((part) => parameter(`${name}.${part}`));
      return { ...x, name: node('BatchNormalization', [x.name, ...parts], { epsilon: { float: epsilon } }) };
    },
    relu: (x) => of('Relu', x),
    silu: (x) => ({ ...x, name: node('Mul', [x.name, of('Sigmoid', x).name]) }),
    sigmoid: (x) => of('Sigmoid', x),
    add: (a, b) => ({ ...a, name: node('Add', [a.name, b.name]) }),
    scaleChannels: (x, factors) => ({ ...x, name: node('Mul', [x.name, factors.name]) }),
    concatenate: (parts) => ({
      name: node(
        'Concat',
        parts.map(({ name }) => name),
        { axis: 1 },
      ),
      channels: parts.reduce((sum, { channels }) => sum + channels, 0),
    }),
    maxPool: (x, { kernel, stride, padding }) =>
      of('MaxPool', x, {
        kernel_shape: [kernel, kernel],
        strides: [stride, stride],
        pads: new Array<number>(4).fill(padding),
      }),
    spatialMean: (x) => of('GlobalAveragePool', x),
    subsampleAndPadChannels(x, channels) {
      const [ends, axes] = [integers('ends', [2 ** 31, 2 ** 31]), integers('axes', [2, 3])];
      const steps = node('Slice', [x.name, integers('starts', [0, 0]), ends, axes, integers('steps', [2, 2])]);
      const side = (channels - x.channels) / 2;
      const pads = integers(`pads${side}`, [0, side, 0, 0, 0, side, 0, 0]);
      return { name: node('Pad', [steps, pads]), channels };
    },
    targetLayer: (_, x) => x,
    classify: (name, x, classes) => linear(name, of('Flatten', of('GlobalAveragePool', x), { axis: 1 }), classes),
    flatten: (x) => of('Flatten', x, { axis: 1 }),
    linear,
    linearAtPositions: unsupported,
    layerNorm: unsupported,
    relu6: unsupported,
    gelu: unsupported,
    hardSwish: unsupported,
    hardSigmoid: unsupported,
    scaleBy: unsupported,
    averagePool: unsupported,
    adaptiveAveragePool: unsupported,
    graph: unsupported,
  };
  const { inputSize, classes } = model;
  const input = { name: 'input', shape: ['batch', 3, inputSize, inputSize] };
  const output = model.build(layers, { name: input.name, channels: 3 }, classes);
  return writeModel({
    nodes,
    tensors: [...tensors.values()],
    input,
    output: { name: output.name, shape: ['batch', classes] },
  });
}
