/** PNG of every colour type and depth. */
import { convertIndexedToRgb, decode, type DecodedPng } from 'fast-png';
import type { RgbaImage } from './rgba';
import { Undecodable } from './undecodable';

/** Grey or colour, with or without alpha, as the number of channels says. */
interface Samples {
  readonly channels: number;
  readonly data: ArrayLike<number>;
  /** The largest value of a sample. */
  readonly largest: number;
}

/** @throws Undecodable */
export function decodePng(file: Uint8Array): RgbaImage {
  const png = readPng(file);
  const { width, height } = png;
  const { channels, data, largest } = samplesOf(png);
  const transparent = png.palette === undefined ? png.transparency : undefined;
  const pixels = new Uint8Array(width * height * 4);
  const isColour = channels >= 3;
  const hasAlpha = channels % 2 === 0;
  const byte = (value: number): number => Math.round((255 * value) / largest);
  for (let from = 0, to = 0; to < pixels.length; from += channels, to += 4) {
    for (let channel = 0; channel < 3; channel++) {
      pixels[to + channel] = byte(data[from + (isColour ? channel : 0)] as number);
    }
    const alpha = hasAlpha ? byte(data[from + channels - 1] as number) : 255;
    pixels[to + 3] = isKey(transparent, data, from) ? 0 : alpha;
  }
  return { width, height, pixels };
}

function readPng(file: Uint8Array): DecodedPng {
  try {
    return decode(file, { checkCrc: true });
  } catch (error) {
    const chunk = /^CRC mismatch for chunk (\w{4})/.exec((error as Error).message)?.[1];
    throw new Undecodable(chunk === undefined ? 'damaged data' : `a part ${chunk} with a wrong checksum`, error);
  }
}

/** Whether the pixel has the one colour that stands for transparent in a picture without alpha. */
function isKey(key: Uint16Array | undefined, data: ArrayLike<number>, at: number): boolean {
  return key?.every((value, channel) => data[at + channel] === value) === true;
}

function samplesOf(png: DecodedPng): Samples {
  if (png.palette !== undefined) {
    return { channels: png.palette[0]?.length ?? 3, data: convertIndexedToRgb(png), largest: 255 };
  }
  const largest = 2 ** png.depth - 1;
  if (png.depth >= 8) return { channels: png.channels, data: png.data, largest };
  return { channels: 1, data: unpackBits(png), largest };
}

/** Grey of 1, 2 or 4 bits: several samples a byte, the highest bits first, rows padded to whole bytes. */
function unpackBits({ width, height, depth, data }: DecodedPng): Uint8Array {
  const perByte = 8 / depth;
  const stride = Math.ceil(width / perByte);
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const x = i % width;
    const byte = data[Math.floor(i / width) * stride + Math.floor(x / perByte)] as number;
    return (byte >> (8 - depth * ((x % perByte) + 1))) & (2 ** depth - 1);
  });
}
