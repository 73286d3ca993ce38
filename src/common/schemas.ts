/** What messages and kept results are made of. */
import type { ClassIndices } from './classIndices';
import * as z from 'zod/mini';

/**
 * Arrays come out of the channel as views of whole messages; handed on to a webview, such a view would take the whole
 * message with it. What passes these has a buffer of its own.
 */
export const bytes = z.pipe(
  z.instanceof(Uint8Array),
  z.transform((array): Uint8Array => (ownsBuffer(array) ? array : array.slice())),
);
export const classIndices = z.pipe(
  z.union([z.instanceof(Uint8Array), z.instanceof(Uint16Array)]),
  z.transform((array): ClassIndices => (ownsBuffer(array) ? array : array.slice())),
);
export const floats = z.pipe(
  z.instanceof(Float32Array),
  z.transform((array): Float32Array => (ownsBuffer(array) ? array : array.slice())),
);

function ownsBuffer({ byteLength, buffer }: ArrayBufferView): boolean {
  return byteLength === buffer.byteLength;
}

export const index = z.int().check(z.gte(0));
export const path = z.string().check(z.minLength(1));
/** Of how many, how many are done. */
export const count = z.object({ done: index, of: index });
