import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/common/errors';
import { decodeImage, decodeImageFile } from '../../../src/imaging/index';

/** Small pictures written, and their pixels read, by Pillow. */
const fixtures = fileURLToPath(new URL('../../fixtures/images/', import.meta.url));
const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as Record<
  string,
  { height: number; width: number; pixels: number[] }
>;

/** Decoders of lossy formats round differently. */
const TOLERANCES: Record<string, number> = { jpg: 3, webp: 2 };

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
    expect(worst).toBeLessThanOrEqual(TOLERANCES[name.split('.')[1]!] ?? 0);
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
    // The first of two frames is whole at three quarters of the file.
    for (const share of [0.1, 0.3, 0.45, ...(name.endsWith('.gif') ? [] : [0.7, 0.9])]) {
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
    expect((await failure(Buffer.from('%PDF-1.4'))).message).toMatch(
      /starts with the bytes 25 50 44 46, expected a PNG, JPEG, GIF, BMP or WebP image/,
    );
    expect((await failure(new Uint8Array())).message).toMatch(/an empty file/);
  });

  it('too large, by its header alone', async () => {
    const data = readFileSync(join(fixtures, 'rgb.png'));
    data.writeUInt32BE(9000, 16);
    data.writeUInt32BE(8000, 20);
    expect((await failure(data)).message).toMatch(/too large: found 9000×8000 pixels, expected at most 64 million/);
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
