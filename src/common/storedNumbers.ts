/** The number formats that weights are stored in, little-endian, as float32. */

export const BYTES_PER_ELEMENT = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;
export type Dtype = keyof typeof BYTES_PER_ELEMENT;

/** All of the bytes, which are a whole number of elements. The numbers may share their memory: nobody changes either. */
export function decode(dtype: Dtype, bytes: Uint8Array): Float32Array {
  // As it is, on machines that keep numbers as the file does, which are all that Node runs on but one.
  if (dtype === 'F32' && LITTLE_ENDIAN) {
    const { buffer, byteOffset, byteLength } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
    return new Float32Array(buffer, byteOffset, byteLength / BYTES_PER_ELEMENT.F32);
  }
  const read = elementReader(dtype, bytes);
  const values = new Float32Array(bytes.byteLength / BYTES_PER_ELEMENT[dtype]);
  for (let i = 0; i < values.length; i++) values[i] = read(i);
  return values;
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Reads the element of an index. */
export function elementReader(dtype: Dtype, bytes: Uint8Array): (index: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (dtype) {
    case 'F64':
      return (index) => view.getFloat64(8 * index, true);
    case 'F32':
      return (index) => view.getFloat32(4 * index, true);
    case 'F16':
      return (index) => float16(view.getUint16(2 * index, true));
    case 'BF16':
      return (index) => bfloat16(view.getUint16(2 * index, true));
    case 'I64':
      return (index) => Number(view.getBigInt64(8 * index, true));
    case 'I32':
      return (index) => view.getInt32(4 * index, true);
    case 'I16':
      return (index) => view.getInt16(2 * index, true);
    case 'I8':
      return (index) => view.getInt8(index);
    case 'U8':
    case 'BOOL':
      return (index) => view.getUint8(index);
  }
}

/** IEEE 754 half precision. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

const floatBits = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function bfloat16(bits: number): number {
  floatBits.setUint32(0, bits << 16);
  return floatBits.getFloat32(0);
}
