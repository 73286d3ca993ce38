/** Protobuf's fields, of bytes that may be anything. */
import { PbfReader } from 'pbf';

/** Thrown for bytes that are no message; whoever knows the file says so. */
export class Malformed extends Error {}

const BYTES = 2;

/** Calls back for each field; a field that the callback does not read is left out. Nothing beyond the bytes is read. */
export function readFields(bytes: Uint8Array, field: (tag: number, reader: PbfReader) => void): void {
  const reader = new PbfReader(bytes);
  try {
    for (let tag = reader.nextField(); tag !== 0; tag = reader.nextField()) {
      const { pos, type } = reader;
      if (type === BYTES) {
        const length = reader.readVarint();
        if (!(length >= 0 && reader.pos + length <= bytes.length)) throw new Malformed(cutOff(pos, length));
        reader.pos = pos;
      }
      field(tag, reader);
    }
  } catch (error) {
    if (error instanceof Malformed) throw error;
    throw new Malformed(error instanceof RangeError ? 'it ends in the middle of a field' : String(error));
  }
  if (reader.pos > bytes.length) throw new Malformed('it ends in the middle of a field');
}

function cutOff(position: number, length: number): string {
  return `a field of ${length} bytes at ${position} that is longer than what is left`;
}

/** A message of a field, in place. */
export function bytesOf(reader: PbfReader): Uint8Array {
  if (reader.type !== BYTES) throw new Malformed('a number where a message belongs');
  return reader.readBytes();
}

export function textOf(reader: PbfReader): string {
  if (reader.type !== BYTES) throw new Malformed('a number where text belongs');
  return reader.readString();
}

export function integerOf(reader: PbfReader): number {
  if (reader.type !== 0) throw new Malformed('something else where a whole number belongs');
  return reader.readVarint(true);
}

export function floatOf(reader: PbfReader): number {
  if (reader.type !== 5) throw new Malformed('something else where a number belongs');
  return reader.readFloat();
}

/** One of a repeated field, or all of it at once. */
export function integersOf(reader: PbfReader, into: number[]): void {
  if (reader.type === BYTES) reader.readPackedVarint(into, true);
  else into.push(integerOf(reader));
}

export function floatsOf(reader: PbfReader, into: number[]): void {
  if (reader.type === BYTES) reader.readPackedFloat(into);
  else into.push(floatOf(reader));
}
