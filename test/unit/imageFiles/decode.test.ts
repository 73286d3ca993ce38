import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/common/crc32';
import { InputError } from '../../../src/common/errors';
import { decodeImage, decodeImageFile } from '../../../src/imageFiles';

/** Small pictures written, and their pixels read, by Pillow. */
const fixtures = fileURLToPath(new URL('../../fixtures/images/', import.meta.url));
const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as Record<
  string,
  { height: number; width: number; pixels: number[] }
>;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('decoding', () => {
  it.each(Object.keys(expected))('%s', async (name) => {
    const { height, width, pixels } = await decodeImageFile(join(fixtures, name));
    const picture = expected[name]!;
    expect([height, width, pixels.length]).toEqual([picture.height, picture.width, picture.pixels.length]);
    const worst = pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - picture.pixels[i]!)), 0);
    expect(worst).toBe(0);
  });

  it('goes by the content and not by the name', async () => {
    const path = join(folder, 'picture.jpg');
    await writeFile(path, readFileSync(join(fixtures, 'rgb.png')));
    expect((await decodeImageFile(path)).width).toBe(7);
  });
});

describe('a picture that is wrong', () => {
  const failure = async (data: Uint8Array): Promise<InputError> => {
    const error: unknown = await decodeImage(data, 'picture.x').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toContain('picture.x');
    return error as InputError;
  };

  it.each([
    'rgb.png',
    'palette.png',
    'rgb.bmp',
    'palette.bmp',
    'two-frames.gif',
    'baseline.jpg',
    'progressive.jpg',
    'lossless.webp',
    'lossy.webp',
  ])('%s, cut short anywhere', async (name) => {
    const data = readFileSync(join(fixtures, name));
    // The first of two frames is whole at three quarters of the file, a PNG's pixels where its last part is missing.
    for (const share of [0.1, 0.3, 0.45, ...(/gif|png$/.test(name) ? [] : [0.7, 0.9])]) {
      const { message } = await failure(data.subarray(0, Math.floor(share * data.length)));
      expect(message).toMatch(/ends too early|cannot be decoded/);
    }
  });

  it('damaged', async () => {
    const data = readFileSync(join(fixtures, 'rgb.png'));
    data[60]! ^= 0xff;
    expect((await failure(data)).message).toMatch(/the PNG cannot be decoded/);
  });

  it('of no known format, or empty', async () => {
    expect((await failure(Buffer.from('{"a": 1}'))).message).toMatch(
      /starts with the bytes 7b 22 61 22, expected a PNG, JPEG, GIF, BMP or WebP image/,
    );
    expect((await failure(new Uint8Array())).message).toMatch(/an empty file/);
  });

  it.each([
    ['TIFF', 'II\x2a\0\x08\0\0\0'],
    ['TIFF', 'MM\0\x2a\0\0\0\x08'],
    ['HEIC', '\0\0\0\x24ftypheic\0\0\0\0'],
    ['HEIF', '\0\0\0\x24ftypmif1\0\0\0\0'],
    ['AVIF', '\0\0\0\x24ftypavif\0\0\0\0'],
    ['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n\0\0'],
    ['JPEG 2000', '\xff\x4f\xff\x51\0'],
    ['JPEG XL', '\xff\x0a\xfa'],
    ['JPEG XL', '\0\0\0\x0cJXL \r\n\x87\n'],
    ['ICO', '\0\0\x01\0\x01\0'],
    ['PSD', '8BPS\0\x01'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['SVG', '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a <drawing> -->\n<svg width="3"/>'],
    ['PPM', 'P6\n2 2\n255\n'],
    ['PGM', 'P5 2 2 255 '],
    ['PDF', '%PDF-1.4'],
  ])('of a format that is not read, by its name: %s', async (format, start) => {
    const { message } = await failure(Buffer.from(start, 'latin1'));
    expect(message).toBe(
      `picture.x: ${format} images are not read: expected a PNG, JPEG, GIF, BMP or WebP image. ` +
        'Save the picture as PNG, which loses nothing, and use that file.',
    );
  });

  it('too large, by its header alone', async () => {
    const png = readFileSync(join(fixtures, 'rgb.png'));
    png.writeUInt32BE(9000, 16);
    png.writeUInt32BE(8000, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    const jpeg = readFileSync(join(fixtures, 'baseline.jpg'));
    jpeg.writeUInt16BE(8000, jpeg.indexOf('ffc0', 'hex') + 5);
    jpeg.writeUInt16BE(9000, jpeg.indexOf('ffc0', 'hex') + 7);
    const gif = readFileSync(join(fixtures, 'transparent.gif'));
    gif.writeUInt16LE(9000, 6);
    gif.writeUInt16LE(8000, 8);
    const bmp = readFileSync(join(fixtures, 'rgb.bmp'));
    bmp.writeInt32LE(9000, 18);
    bmp.writeInt32LE(8000, 22);
    const webp = readFileSync(join(fixtures, 'lossy.webp'));
    webp.writeUInt16LE(9000, 26);
    webp.writeUInt16LE(8000, 28);
    for (const file of [png, jpeg, gif, bmp, webp]) {
      expect((await failure(file)).message).toMatch(/too large: found 9000×8000 pixels, expected at most 64 million/);
    }
  });

  it('of more scans than can be decoded in a while', async () => {
    const jpeg = readFileSync(join(fixtures, 'progressive.jpg'));
    jpeg.writeUInt16BE(8000, jpeg.indexOf('ffc2', 'hex') + 5);
    jpeg.writeUInt16BE(7000, jpeg.indexOf('ffc2', 'hex') + 7);
    const scan = Buffer.from('ffda00080101000001000000', 'hex');
    const started = performance.now();
    expect((await failure(Buffer.concat([jpeg, ...Array<Buffer>(5000).fill(scan)]))).message).toMatch(
      /found \d+ scans of a large picture/,
    );
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('of no size', async () => {
    const data = readFileSync(join(fixtures, 'rgb.bmp'));
    data.writeInt32LE(0, 18);
    expect((await failure(data)).message).toMatch(/a size of 0×5/);
  });

  it('absent, or a folder', async () => {
    await expect(decodeImageFile(join(folder, 'none.png'))).rejects.toThrow(/none\.png: no such image file/);
    await expect(decodeImageFile(folder)).rejects.toThrow(/not a file: found a folder/);
  });
});
