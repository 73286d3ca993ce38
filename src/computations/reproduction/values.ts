/** Kept bytes as the numbers that they hold. */
import { SkippedError } from './basis';

export function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new SkippedError('it is not bytes');
}

export function floatsOf(value: unknown): Float32Array {
  const { buffer, byteOffset, byteLength } = bytesOf(value);
  return new Float32Array(buffer, byteOffset, Math.floor(byteLength / 4));
}

export function doublesOf(value: unknown): Float64Array {
  const { buffer, byteOffset, byteLength } = bytesOf(value);
  return new Float64Array(buffer, byteOffset, Math.floor(byteLength / 8));
}
