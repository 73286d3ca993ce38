/** Pictures from files: PNG, JPEG, GIF (its first frame), BMP and WebP. */
import { InputError } from '../../common/errors';
import { errorCode, systemReason } from '../../common/reasons';
import { readRegularFile } from '../../common/regularFile';
import type { RgbImage } from '../image';
import { decodeBmp } from './bmp';
import { Truncated } from './bytes';
import { decodeGif } from './gif';
import { readHeader, type ImageHeader } from './header';
import { decodeJpeg } from './jpeg';
import { turnUpright } from './orientation';
import { decodePng } from './png';
import { onWhite, type RgbaImage } from './rgba';
import { Undecodable } from './undecodable';
import { decodeWebp } from './webp';

/** Larger pictures are refused before they are decoded: four bytes a pixel, and more on the way, have to fit. */
const MAX_MEGAPIXELS = 64;
const MAX_FILE_BYTES = 512 * 2 ** 20;
const FORMATS = 'a PNG, JPEG, GIF, BMP or WebP image';

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
  const header = checkedHeader(data, name);
  let image: RgbaImage;
  try {
    image = await decode(data, header);
  } catch (error) {
    throw damaged(name, header.format, error);
  }
  return turnUpright(onWhite(image), header.orientation);
}

async function readImageFile(path: string): Promise<Uint8Array> {
  try {
    return await readRegularFile(path, MAX_FILE_BYTES);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const problem = { file: path, expected: FORMATS };
    if (errorCode(error) === 'ENOENT') throw new InputError('no such image file', problem, { cause: error });
    const found = systemReason(error) ?? 'a file that cannot be read';
    throw new InputError('the image cannot be read', { ...problem, found }, { cause: error });
  }
}

function checkedHeader(data: Uint8Array, name: string): ImageHeader {
  let header: ImageHeader | undefined;
  try {
    header = readHeader(data);
  } catch (error) {
    throw damaged(name, 'image', error);
  }
  if (header === undefined) {
    const found = data.length === 0 ? 'an empty file' : `a file that starts with the bytes ${startOf(data)}`;
    throw new InputError('not an image of a known format', { file: name, found, expected: FORMATS });
  }
  const { width, height } = header;
  if (!(width > 0 && height > 0)) throw damaged(name, header.format, new Undecodable(`a size of ${width}×${height}`));
  if (width * height > MAX_MEGAPIXELS * 1e6) {
    throw tooLarge(name, `${width}×${height} pixels`, `at most ${MAX_MEGAPIXELS} million pixels`);
  }
  return header;
}

function decode(data: Uint8Array, { format }: ImageHeader): RgbaImage | Promise<RgbaImage> {
  switch (format) {
    case 'PNG':
      return decodePng(data);
    case 'JPEG':
      return decodeJpeg(data, MAX_MEGAPIXELS);
    case 'GIF':
      return decodeGif(data);
    case 'BMP':
      return decodeBmp(data);
    case 'WebP':
      return decodeWebp(data);
  }
}

function startOf(data: Uint8Array): string {
  return Array.from(data.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function tooLarge(file: string, found: string, expected: string): InputError {
  return new InputError('the image is too large', { file, found, expected, advice: 'Make it smaller first.' });
}

function damaged(file: string, format: string, error: unknown): InputError {
  const expected = 'a whole, undamaged file';
  if (error instanceof Truncated)
    return new InputError(`the ${format} ends too early`, { file, expected }, { cause: error });
  const found = error instanceof Undecodable ? error.message : 'damaged data';
  return new InputError(`the ${format} cannot be decoded`, { file, found, expected }, { cause: error });
}
