/** The numbers of a tensor of any type, as float32 or as whole numbers. */
import { DATA_TYPES, type DataType, type TensorMessage } from './messages';

export type Family = 'float' | 'integer' | 'boolean';

const FAMILIES: Partial<Record<DataType, Family>> = {
  float: 'float',
  float16: 'float',
  bfloat16: 'float',
  double: 'float',
  bool: 'boolean',
  uint8: 'integer',
  int8: 'integer',
  uint16: 'integer',
  int16: 'integer',
  int32: 'integer',
  int64: 'integer',
  uint32: 'integer',
  uint64: 'integer',
};

const BYTES: Partial<Record<DataType, number>> = {
  float: 4,
  float16: 2,
  bfloat16: 2,
  double: 8,
  bool: 1,
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  int32: 4,
  int64: 8,
  uint32: 4,
  uint64: 8,
};

export function dataTypeOf(number: number): DataType | undefined {
  return DATA_TYPES[number];
}

/** Undefined of types that hold no numbers that are read here: text, complex numbers, four bits. */
export function familyOf(number: number): Family | undefined {
  const type = dataTypeOf(number);
  return type && FAMILIES[type];
}

export function hasValues({ raw, floats, integers, doubles, external }: TensorMessage): boolean {
  return [raw, floats, integers, doubles, external].some((each) => each !== undefined);
}

/** As many numbers as the file holds of it, whatever the shape says. */
export function numbersOf(tensor: TensorMessage, raw = tensor.raw): ArrayLike<number> {
  const type = dataTypeOf(tensor.dataType) ?? 'undefined';
  if (raw !== undefined && raw.length > 0) return ofBytes(type, raw);
  if (tensor.floats instanceof Uint8Array) return ofBytes('float', tensor.floats);
  if (tensor.integers !== undefined && type === 'float16') return Float32Array.from(tensor.integers, halfToFloat);
  if (tensor.integers !== undefined && type === 'bfloat16') return Float32Array.from(tensor.integers, brainToFloat);
  return tensor.floats ?? tensor.integers ?? tensor.doubles ?? [];
}

function ofBytes(type: DataType, bytes: Uint8Array): ArrayLike<number> {
  const size = BYTES[type] ?? 1;
  const count = Math.floor(bytes.length / size);
  if (type === 'uint8' || type === 'bool') return bytes;
  if (type === 'int8') return new Int8Array(bytes.buffer, bytes.byteOffset, count);
  // A view wants its place to be a multiple of the size, which nothing in a file sees to.
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  switch (type) {
    case 'float':
      return new Float32Array(buffer, byteOffset, count);
    case 'double':
      return new Float64Array(buffer, byteOffset, count);
    case 'int32':
      return new Int32Array(buffer, byteOffset, count);
    case 'uint32':
      return new Uint32Array(buffer, byteOffset, count);
    case 'int16':
      return new Int16Array(buffer, byteOffset, count);
    case 'uint16':
      return new Uint16Array(buffer, byteOffset, count);
    case 'int64':
      return Array.from(new BigInt64Array(buffer, byteOffset, count), Number);
    case 'uint64':
      return Array.from(new BigUint64Array(buffer, byteOffset, count), Number);
    case 'float16':
      return Float32Array.from(new Uint16Array(buffer, byteOffset, count), halfToFloat);
    case 'bfloat16':
      return Float32Array.from(new Uint16Array(buffer, byteOffset, count), brainToFloat);
    default:
      return [];
  }
}

function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const word = new DataView(new ArrayBuffer(4));

function brainToFloat(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}
