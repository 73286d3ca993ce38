/** Values of tensors that the file holds. */
import { extentOf } from './dimensions';
import { Refused } from './refused';
import { isModuleName } from './plan/tensors';
import { familyOf, dataTypeOf, hasValues, numbersOf } from './proto/numbers';
import type { TensorMessage } from './proto/messages';
import { identity, known, type Value } from './values';

/** What of a tensor lies outside the file, by the tensor. */
export type Loaded = ReadonlyMap<TensorMessage, Uint8Array>;

/**
 * A weight where it is floating-point and more than one number, or called as a module's; else what is known. Masks, and
 * what is told by other names that it is not trained, are known.
 */
export function valueOf(tensor: TensorMessage, name: string, loaded: Loaded): Value {
  const { shape } = tensor;
  const { count } = extentOf(shape);
  const family = familyOf(tensor.dataType);
  if (family === undefined) {
    throw new Refused(`${name} of type ${dataTypeOf(tensor.dataType) ?? tensor.dataType}`, 'numbers of 8 bits or more');
  }
  const raw = tensor.external === undefined ? tensor.raw : loaded.get(tensor);
  if (tensor.external !== undefined && raw === undefined)
    throw new Refused(`${name}, which lies in another file`, 'that file beside it');
  if (!hasValues(tensor) && count > 0) {
    return { kind: 'weight', name, shape, order: identity(shape.length), values: undefined };
  }
  const data = numbersOf(tensor, raw);
  if (data.length !== count) throw new Refused(`${data.length} numbers of ${name}`, `${count}, as its shape says`);
  if (family !== 'float') return known(family, shape, data);
  const floats = data instanceof Float32Array ? data : Float32Array.from(data);
  const isTrained = count > 1 ? !isMask(name, floats) : shape.length > 0 && isModuleName(name);
  if (!isTrained) return known('float', shape, floats);
  return { kind: 'weight', name, shape, order: identity(shape.length), values: () => floats };
}

/** Buffers of PyTorch modules that are no parameters. */
const BUFFERS = /(^|[._])(attn_mask|mask|relative_coords_table|inv_freq|freqs|pixel_mean|pixel_std)$/;

/** Zeros, and one number that keeps a softmax from looking there. */
function isMask(name: string, data: Float32Array): boolean {
  if (BUFFERS.test(name)) return true;
  let low = 0;
  for (const each of data) {
    if (each === 0 || each === low) continue;
    if (low !== 0 || !(each <= -50)) return false;
    low = each;
  }
  return low !== 0;
}
