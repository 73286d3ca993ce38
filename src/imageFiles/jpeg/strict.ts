/**
 * libjpeg-turbo 3 as WebAssembly, with all that Pillow's has: arithmetic coding, lossless JPEG, smoothing of unfinished
 * progressive ones. It refuses what libjpeg warns of, and CMYK.
 */
import createDecoder, { type TurboModule } from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
import { compileWasmFile } from '../wasmFile';

/** Samples as they are: grey or RGB. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

let module: Promise<WebAssembly.Module> | undefined;

/** The memory of an instance only grows: one that has grown beyond this is not used again. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;

/** Of the last picture. Making one takes longer than decoding a small picture. */
let kept: TurboModule | undefined;

/** @returns undefined where the decoder warns or refuses, which it does not tell apart */
export async function decodeStrictly(file: Uint8Array): Promise<Samples | undefined> {
  const turbo = kept ?? (await instantiate());
  // Another picture that comes meanwhile, or comes after damage, gets one of its own.
  kept = undefined;
  const decoder = new turbo.JPEGDecoder();
  try {
    decoder.getEncodedBuffer(file.length).set(file);
    decoder.decode();
    const { width, height } = decoder.getFrameInfo();
    const pixels = decoder.getDecodedBuffer();
    const samples = { width, height, pixels: Uint8Array.from(pixels) };
    if (pixels.buffer.byteLength <= MOST_KEPT_BYTES) kept = turbo;
    return samples;
  } catch {
    return undefined;
  } finally {
    decoder.delete();
  }
}

async function instantiate(): Promise<TurboModule> {
  const compiled = await (module ??= compileWasmFile(
    'libjpegturbowasm_decode.wasm',
    '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm',
  ));
  return createDecoder({
    instantiateWasm: (imports, receive) => {
      const instance = new WebAssembly.Instance(compiled, imports);
      receive(instance);
      return instance.exports;
    },
    print: () => undefined,
    printErr: () => undefined,
  });
}
