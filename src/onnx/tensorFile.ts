/** Tensors in files of their own, as ONNX's data sets of inputs and outputs keep them. */
import { InputError } from '../common/errors';
import { Malformed } from './proto/fields';
import { familyOf, numbersOf } from './proto/numbers';
import { readTensor } from './proto/read';

export interface OnnxTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A TensorProto. @throws InputError where it is none of floating-point numbers, or not whole */
export function readOnnxTensor(bytes: Uint8Array, file: string): OnnxTensor {
  try {
    const tensor = readTensor(bytes);
    const data = Float32Array.from(numbersOf(tensor));
    if (familyOf(tensor.dataType) === 'float' && data.length === tensor.shape.reduce((a, b) => a * b, 1))
      return { shape: tensor.shape, data };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  throw new InputError('not a tensor of an ONNX data set', {
    file,
    expected: 'a TensorProto of floating-point numbers, as test_data_set_0 has them',
  });
}
