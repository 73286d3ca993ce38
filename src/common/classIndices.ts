/** The classes' numbers of many images: a byte each where there are at most 255 classes, two where there are more. */
import { InputError } from './errors';

export type ClassIndices = Uint8Array | Uint16Array;

const MOST_OF_BYTES = 2 ** 8 - 1;
export const MOST_CLASSES = 2 ** 16 - 1;

/** @param classes how many there are @throws InputError where they are more than {@link MOST_CLASSES} */
export function createClassIndices(classes: number, length: number): ClassIndices {
  if (classes > MOST_CLASSES) {
    throw new InputError('too many classes', { found: String(classes), expected: `at most ${MOST_CLASSES}` });
  }
  return classes > MOST_OF_BYTES ? new Uint16Array(length) : new Uint8Array(length);
}

/** As wide as these, zero. */
export function classIndicesLike(indices: ClassIndices, length: number): ClassIndices {
  return indices instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
}

/** The number that stands for none: no class has it where there are as few as {@link createClassIndices} is told. */
export function noClassOf(indices: ClassIndices): number {
  return indices instanceof Uint16Array ? MOST_CLASSES : MOST_OF_BYTES;
}

/** In how many places they are the same. */
export function countSame(a: ClassIndices, b: ClassIndices): number {
  let same = 0;
  for (let at = 0; at < Math.min(a.length, b.length); at++) same += Number(a[at] === b[at]);
  return same;
}

/** As they lie in a file: two bytes are little-endian. */
export function classIndicesToBytes(indices: ClassIndices): Uint8Array {
  if (indices instanceof Uint8Array) return indices;
  const bytes = new DataView(new ArrayBuffer(2 * indices.length));
  indices.forEach((index, at) => bytes.setUint16(2 * at, index, true));
  return new Uint8Array(bytes.buffer);
}

/** @returns undefined where the bytes are not so many numbers' */
export function classIndicesFromBytes(bytes: Uint8Array, classes: number, length: number): ClassIndices | undefined {
  const indices = createClassIndices(classes, length);
  if (bytes.byteLength !== indices.byteLength) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = indices.BYTES_PER_ELEMENT;
  for (let at = 0; at < length; at++) indices[at] = width === 1 ? view.getUint8(at) : view.getUint16(2 * at, true);
  return indices;
}
