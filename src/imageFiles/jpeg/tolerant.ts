/**
 * libjpeg-turbo 2 as WebAssembly, called through the functions of its C interface (`turbojpeg.h`): it goes on where
 * libjpeg warns, and gives CMYK as it is.
 */
import { Undecodable } from '../undecodable';
import { compileWasmFile } from '../wasmFile';
import type { Samples } from './strict';

/** `TJPF_GRAY`, `TJPF_RGB` and `TJPF_CMYK`, by the number of components. */
const PIXEL_FORMATS = { 1: 6, 3: 0, 4: 11 } as const;

/** Pointers and sizes are places in the module's memory. */
interface TurboExports {
  readonly memory: WebAssembly.Memory;
  malloc(bytes: number): number;
  tjInitDecompress(): number;
  /** Writes width, height, subsampling and colour space. @returns 0, or -1 for a warning */
  tjDecompressHeader3(
    handle: number,
    file: number,
    bytes: number,
    width: number,
    height: number,
    subsampling: number,
    colourSpace: number,
  ): number;
  /** @returns 0, or -1 for a warning */
  tjDecompress2(
    handle: number,
    file: number,
    bytes: number,
    pixels: number,
    width: number,
    pitch: number,
    height: number,
    pixelFormat: number,
    flags: number,
  ): number;
}

let module: Promise<WebAssembly.Module> | undefined;

/**
 * @param components 1, 3 or 4; CMYK is given inverted or not, as it is stored
 * @returns the samples, and whether libjpeg warned of something
 * @throws Undecodable where it gives up
 */
export async function decodeTolerantly(
  file: Uint8Array,
  components: 1 | 3 | 4,
): Promise<Samples & { readonly warned: boolean }> {
  try {
    return decode(await instantiate(), file, components);
  } catch (error) {
    if (error instanceof Undecodable) throw error;
    // Damage has led the decoder out of its memory.
    throw new Undecodable('damaged data', error);
  }
}

function decode(turbo: TurboExports, file: Uint8Array, components: 1 | 3 | 4): Samples & { readonly warned: boolean } {
  const input = turbo.malloc(file.length);
  new Uint8Array(turbo.memory.buffer, input, file.length).set(file);
  const handle = turbo.tjInitDecompress();
  const header = turbo.malloc(16);
  turbo.tjDecompressHeader3(handle, input, file.length, header, header + 4, header + 8, header + 12);
  const [width, height] = new Int32Array(turbo.memory.buffer, header, 2) as unknown as [number, number];
  const length = width * height * components;
  const output = turbo.malloc(length);
  if (output === 0) throw new Undecodable('a picture that needs too much memory');
  const format = PIXEL_FORMATS[components];
  const status = turbo.tjDecompress2(handle, input, file.length, output, width, 0, height, format, 0);
  const pixels = new Uint8Array(turbo.memory.buffer, output, length).slice();
  return { width, height, pixels, warned: status !== 0 };
}

/** Anew for every picture: an error leaves an instance in the middle of its work, and memory only grows. */
async function instantiate(): Promise<TurboExports> {
  const compiled = await (module ??= compileWasmFile('jpeg-turbo.wasm', '@cwasm/jpeg-turbo/jpeg-turbo.wasm'));
  const giveUp = (): never => {
    throw new Undecodable('damaged data');
  };
  // The C library jumps out of the decoder where an error ends it, here by an exception. It opens no file.
  const env = { setjmp: () => 0, longjmp: giveUp };
  const system = {
    environ_sizes_get: () => 0,
    environ_get: () => 0,
    proc_exit: giveUp,
    fd_close: () => 0,
    fd_seek: () => 0,
    fd_write: () => 0,
  };
  const instance = await WebAssembly.instantiate(compiled, { env, wasi_snapshot_preview1: system });
  return instance.exports as unknown as TurboExports;
}
