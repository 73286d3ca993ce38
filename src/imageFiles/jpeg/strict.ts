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

/** @returns undefined where the decoder warns or refuses, which it does not tell apart */
export async function decodeStrictly(file: Uint8Array): Promise<Samples | undefined> {
  const { JPEGDecoder } = await instantiate();
  const decoder = new JPEGDecoder();
  try {
    decoder.getEncodedBuffer(file.length).set(file);
    decoder.decode();
    const { width, height } = decoder.getFrameInfo();
    const { buffer, byteOffset, byteLength } = decoder.getDecodedBuffer();
    return { width, height, pixels: new Uint8Array(buffer, byteOffset, byteLength) };
  } catch {
    return undefined;
  } finally {
    decoder.delete();
  }
}

/** Anew for every picture: the memory of an instance only grows. */
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
