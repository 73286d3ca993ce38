/** .npy files for tests. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

/** By name, as NumPy has written them: see `arrays.py` beside it. */
export const NUMPY_FILES = JSON.parse(
  readFileSync(new URL('../../fixtures/npy/arrays.json', import.meta.url), 'utf8'),
) as Record<string, string>;

export function numpyFile(name: string): Buffer {
  return inflateSync(Buffer.from(NUMPY_FILES[name] ?? '', 'base64'));
}

/** An array of bytes in C order, as numpy.save writes it. */
export function npyOf(bytes: Uint8Array, shape: readonly number[]): Uint8Array {
  const dict = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const text = `${dict.padEnd(Math.ceil((dict.length + 11) / 64) * 64 - 11)}\n`;
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8]);
  return Buffer.concat([head, Buffer.from(text, 'latin1'), bytes]);
}
