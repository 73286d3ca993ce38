/** As much of the protocol buffers wire format as a graph needs: messages are byte strings made of numbered fields. */

export type Bytes = Uint8Array;

export function concatenate(parts: readonly Bytes[]): Bytes {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

/** An integer, an enumeration's number or a truth value (int32, int64, bool, enum). */
export function integer(field: number, value: number | bigint | boolean): Bytes {
  return concatenate([tag(field, 0), varint(value)]);
}

/** A 32-bit float. */
export function float(field: number, value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concatenate([tag(field, 5), bytes]);
}

/** A string, a byte string, or a message that has been encoded. */
export function bytes(field: number, value: string | Bytes): Bytes {
  const content = typeof value === 'string' ? Buffer.from(value) : value;
  return concatenate([tag(field, 2), varint(content.length), content]);
}

export function message(field: number, ...parts: readonly Bytes[]): Bytes {
  return bytes(field, concatenate(parts));
}

function tag(field: number, wireType: number): Bytes {
  return varint((field << 3) | wireType);
}

/** Of the numbers that a message is almost entirely made of: they are many, and arithmetic on large integers is slow. */
const SINGLE_BYTES = Array.from({ length: 128 }, (_, value) => Uint8Array.of(value));

/** Seven bits a byte, the lowest first; negative numbers in two's complement of 64 bits. */
function varint(value: number | bigint | boolean): Bytes {
  const single = SINGLE_BYTES[Number(value)];
  if (single !== undefined) return single;
  let rest = BigInt.asUintN(64, BigInt(value));
  const result: number[] = [];
  while (rest > 127n) {
    result.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  result.push(Number(rest));
  return Uint8Array.from(result);
}
