/** WebP by Google's own decoder, compiled to WebAssembly. */
import decode, { init } from '@jsquash/webp/decode';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { RgbaImage } from './rgba';
import { Undecodable } from './undecodable';

/** The decoder's file, which the build copies beside the bundle. */
const WEBP_MODULE = 'webp_dec.wasm';

/** What the browser calls ImageData, a type that only the DOM has. */
interface DecodedImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

let loading: Promise<void> | undefined;

export async function decodeWebp(file: Uint8Array): Promise<RgbaImage> {
  await (loading ??= load());
  // A copy, because the decoder takes the whole buffer that a view may be a part of.
  const image: unknown = await decode(Uint8Array.from(file).buffer).catch((error: unknown) => {
    throw new Undecodable('damaged data', error);
  });
  const { width, height, data } = image as DecodedImage;
  return { width, height, pixels: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

async function load(): Promise<void> {
  const beside = join(__dirname, WEBP_MODULE);
  const path = existsSync(beside)
    ? beside
    : createRequire(__filename).resolve(`@jsquash/webp/codec/dec/${WEBP_MODULE}`);
  // `wasmBinary` is Emscripten's option for a module already in memory; the package's types leave it out.
  const options = { noInitialRun: true, wasmBinary: await readFile(path) };
  await init(options);
}
