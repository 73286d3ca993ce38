/** WebP by Google's own decoder, compiled to WebAssembly. Of an animation, the first frame over the whole picture. */
import decode, { init } from '@jsquash/webp/decode';
import type { Raster } from '../raster';
import { Undecodable } from '../undecodable';
import { readWasmFile } from '../wasmFile';
import type { Chunk, WebpFile, WebpFrame } from './container';

/** What the browser calls ImageData, a type that only the DOM has. */
interface DecodedImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

let loading: Promise<void> | undefined;

/** @throws Undecodable */
export async function decodeWebp({ width, height, frame, hasAlpha }: WebpFile): Promise<Raster> {
  await (loading ??= load());
  const still = stillFile(frame);
  const image: unknown = await decode(still.buffer).catch((error: unknown) => {
    throw new Undecodable('damaged data', error);
  });
  const { data } = image as DecodedImage;
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < frame.height; y++) {
    const from = y * frame.width * 4;
    pixels.set(data.subarray(from, from + frame.width * 4), ((frame.top + y) * width + frame.left) * 4);
  }
  if (!hasAlpha) for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  return { width, height, channels: 4, pixels };
}

/** The decoder takes files, and none of several frames: the frame as a file of its own. */
function stillFile({ width, height, image, alpha }: WebpFrame): Uint8Array<ArrayBuffer> {
  const chunks = alpha === undefined ? [chunk(image)] : [extendedHeader(width, height), chunk(alpha), chunk(image)];
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  return Uint8Array.from(Buffer.concat([Buffer.from('RIFF'), u32(body.length), body]));
}

function chunk({ name, content }: Chunk): Buffer {
  return Buffer.concat([Buffer.from(name), u32(content.length), content.all, Buffer.alloc(content.length % 2)]);
}

/** Says that there is transparency. */
function extendedHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(18);
  header.write('VP8X');
  header.writeUInt32LE(10, 4);
  header.writeUInt32LE(0x10, 8);
  header.writeUIntLE(width - 1, 12, 3);
  header.writeUIntLE(height - 1, 15, 3);
  return header;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

async function load(): Promise<void> {
  // `wasmBinary` is Emscripten's option for a module already in memory; the package's types leave it out.
  const wasmBinary = await readWasmFile('webp_dec.wasm', '@jsquash/webp/codec/dec/webp_dec.wasm');
  const options = { noInitialRun: true, wasmBinary };
  await init(options);
}
