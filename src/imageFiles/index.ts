/**
 * Pictures from files: PNG, JPEG, GIF, BMP and WebP, of animations the first frame. Pixels are those of Pillow 12. Headers
 * are read here, as decoding needs more of them than a size.
 */
import { InputError } from '../common/errors';
import { errorCode, systemReason } from '../common/reasons';
import { readRegularFile } from '../common/regularFile';
import type { RgbImage } from '../imaging/image';
import { readBmpHeader } from './bmp/header';
import { decodeBmp } from './bmp/index';
import { Truncated } from './bytes';
import { orientationOf, type PictureMetadata } from './exif';
import { formatOf, READ_FORMATS, unreadFormatOf, type ImageFormat } from './format';
import { readFirstFrame } from './gif/frame';
import { decodeGif } from './gif/index';
import { decodeJpeg } from './jpeg/index';
import { readJpegHeader } from './jpeg/segments';
import { turnUpright } from './orientation';
import { readPng } from './png/chunks';
import { decodePng } from './png/index';
import { onBackground, type Raster } from './raster';
import { Undecodable } from './undecodable';
import { readWebp } from './webp/container';
import { decodeWebp } from './webp/index';

/** Larger pictures are refused before they are decoded: four bytes a pixel, and more on the way, have to fit. */
const MAX_MEGAPIXELS = 64;
const MAX_FILE_BYTES = 512 * 2 ** 20;

/**
 * Reads a picture: upright, transparent parts on white.
 *
 * @throws InputError where the file cannot be read, is of another format, too large, cut short or damaged
 */
export async function decodeImageFile(path: string): Promise<RgbImage> {
  return decodeImage(await readImageFile(path), path);
}

/** As {@link decodeImageFile}. @param name for messages */
export async function decodeImage(data: Uint8Array, name: string): Promise<RgbImage> {
  const format = formatOf(data);
  if (format === undefined) throw unread(data, name);
  try {
    const { width, height, metadata, decode } = open(data, format);
    refuseSize(width, height, name);
    return turnUpright(onBackground(await decode()), orientationOf(metadata));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw damaged(name, format, error);
  }
}

async function readImageFile(path: string): Promise<Uint8Array> {
  try {
    return await readRegularFile(path, MAX_FILE_BYTES);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const problem = { file: path, expected: READ_FORMATS };
    if (errorCode(error) === 'ENOENT') throw new InputError('no such image file', problem, { cause: error });
    const found = systemReason(error) ?? 'a file that cannot be read';
    throw new InputError('the image cannot be read', { ...problem, found }, { cause: error });
  }
}

/** A file whose header has been read, and whose pixels have not. */
interface OpenedImage {
  readonly width: number;
  readonly height: number;
  readonly metadata: PictureMetadata;
  readonly decode: () => Raster | Promise<Raster>;
}

/** @throws Truncated, or Undecodable */
function open(data: Uint8Array, format: ImageFormat): OpenedImage {
  switch (format) {
    case 'PNG': {
      const png = readPng(data);
      return { ...png.header, metadata: png.header, decode: () => decodePng(png) };
    }
    case 'JPEG': {
      const header = readJpegHeader(data);
      return { ...header, metadata: header, decode: () => decodeJpeg(data, header) };
    }
    case 'GIF': {
      const frame = readFirstFrame(data);
      return { ...frame, metadata: {}, decode: () => decodeGif(frame) };
    }
    case 'BMP': {
      const header = readBmpHeader(data);
      return { ...header, metadata: {}, decode: () => decodeBmp(data, header) };
    }
    case 'WebP': {
      const webp = readWebp(data);
      return { ...webp, metadata: webp, decode: () => decodeWebp(webp) };
    }
  }
}

/** @throws Undecodable, or InputError where it is too large */
function refuseSize(width: number, height: number, file: string): void {
  if (!(width > 0 && height > 0)) throw new Undecodable(`a size of ${width}×${height}`);
  if (width * height <= MAX_MEGAPIXELS * 1e6) return;
  throw new InputError('the image is too large', {
    file,
    found: `${width}×${height} pixels`,
    expected: `at most ${MAX_MEGAPIXELS} million pixels`,
    advice: 'Make it smaller first.',
  });
}

function unread(data: Uint8Array, file: string): InputError {
  const format = unreadFormatOf(data);
  if (format !== undefined) {
    const advice = 'Save the picture as PNG, which loses nothing, and use that file.';
    return new InputError(`${format} images are not read`, { file, expected: READ_FORMATS, advice });
  }
  const found = data.length === 0 ? 'an empty file' : `a file that starts with the bytes ${startOf(data)}`;
  return new InputError('not an image of a known format', { file, found, expected: READ_FORMATS });
}

function startOf(data: Uint8Array): string {
  return Array.from(data.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function damaged(file: string, format: ImageFormat, error: unknown): InputError {
  const expected = 'a whole, undamaged file';
  if (error instanceof Truncated)
    return new InputError(`the ${format} ends too early`, { file, expected }, { cause: error });
  const found = error instanceof Undecodable ? error.message : 'damaged data';
  return new InputError(`the ${format} cannot be decoded`, { file, found, expected }, { cause: error });
}
