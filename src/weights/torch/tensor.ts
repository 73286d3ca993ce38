/** Tensors as views of storages: checked when they are made, read when they are asked for. */
import { InputError } from '../../common/errors';
import { BYTES_PER_ELEMENT, decode, elementReader } from '../../common/storedNumbers';
import { WrongArguments } from '../../pickle/machine';
import { Opaque, OpaqueStorage, Storage, Tensor, type Value } from '../../pickle/values';
import type { StoredTensor } from '../stored';

const MOST_AXES = 16;
/** Half a gigabyte as float32: the largest tensor of a model here is VGG's first linear layer, of 4096 × 25,088. */
const MOST_ELEMENTS = 2 ** 27;

/** `_rebuild_tensor(storage, offset, shape, strides)`; `_v2` has more arguments, which say nothing of the numbers. */
export function rebuildTensor([storage, offset, shape, strides]: readonly Value[]): Tensor | Opaque {
  if (storage instanceof OpaqueStorage) return new Opaque(storage.name);
  if (!(storage instanceof Storage)) throw new WrongArguments('no storage');
  if (!isCount(offset)) throw new WrongArguments('an offset that is no count');
  if (!isCounts(shape) || !isCounts(strides)) throw new WrongArguments('a shape or strides that are no counts');
  if (shape.length !== strides.length || shape.length > MOST_AXES) {
    throw new WrongArguments(`a shape of ${shape.length} axes, and strides of ${strides.length}`);
  }
  const elements = shape.reduce((a, b) => a * b, 1);
  if (elements > MOST_ELEMENTS) throw new WrongArguments(`a shape of ${elements} elements`);
  const last = shape.reduce((sum, length, axis) => sum + (length - 1) * (strides[axis] ?? 0), offset);
  if (elements > 0 && last >= storage.length) {
    throw new WrongArguments(`element ${last} of a storage of ${storage.length}`);
  }
  return new Tensor(storage, offset, shape, strides);
}

function isCount(value: Value | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isCounts(value: Value | undefined): value is number[] {
  return Array.isArray(value) && value.every(isCount);
}

export function storedTensor(tensor: Tensor, name: string, file: string): StoredTensor {
  return {
    shape: tensor.shape,
    get data() {
      return elementsOf(tensor, name, file);
    },
  };
}

/** In the order of the shape, whatever the strides. */
function elementsOf({ storage, offset, shape, strides }: Tensor, name: string, file: string): Float32Array {
  const { bytes, dtype, length } = storage;
  const size = BYTES_PER_ELEMENT[dtype];
  if (bytes?.length !== length * size) {
    throw new InputError('a tensor whose numbers are not in the file', { file, place: `tensor ${name}` });
  }
  const count = shape.reduce((a, b) => a * b, 1);
  if (isContiguous(shape, strides)) return decode(dtype, bytes.subarray(offset * size, (offset + count) * size));
  const values = new Float32Array(count);
  const read = elementReader(dtype, bytes);
  const index = new Array<number>(shape.length).fill(0);
  let position = offset;
  for (let i = 0; i < count; i++) {
    values[i] = read(position);
    // The last axis moves on; one that is through begins anew and moves the axis before it.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next;
        position += stride;
        break;
      }
      index[axis] = 0;
      position -= (next - 1) * stride;
    }
  }
  return values;
}

/** An axis of one element may have any stride, as channels-last convolutions of 1×1 have. */
function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] ?? 1;
    if (length !== 1 && strides[axis] !== expected) return false;
    expected *= length;
  }
  return true;
}
