import { expect, it } from 'vitest';
import { ARCHITECTURE_NAMES, architecture, declareArchitecture } from '../../../src/architectures';
import { Storage, Tensor } from '../../../src/pickle/values';
import { rebuildTensor } from '../../../src/weights/torch/tensor';

it.each(ARCHITECTURE_NAMES)('every tensor of %s can be in a file of PyTorch’s', (name) => {
  const { tensors } = declareArchitecture(name, architecture(name).inputSize, 1000);
  const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
  const { shape } = tensors.reduce((largest, each) => (count(each.shape) > count(largest.shape) ? each : largest));
  const strides = shape.map((_, axis) => count(shape.slice(axis + 1)));
  expect(rebuildTensor([new Storage('0', 'F32', count(shape)), 0, [...shape], strides])).toBeInstanceOf(Tensor);
});
