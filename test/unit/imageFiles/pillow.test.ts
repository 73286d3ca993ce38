import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/common/errors';
import { decodeImage } from '../../../src/imageFiles';

interface Picture {
  /** In base64. */
  readonly file: string;
  /** Absent where Pillow refuses the file. */
  readonly size?: readonly [width: number, height: number];
  readonly mean?: readonly number[];
  readonly sha256?: string;
}

/** Made, and read, by Pillow 12.3: see pictures.py. */
const pictures = JSON.parse(readFileSync(new URL('../../fixtures/pictures.json', import.meta.url), 'utf8')) as Record<
  string,
  Picture
>;

const read = Object.entries(pictures).filter(([, { size }]) => size !== undefined);
const refused = Object.entries(pictures).filter(([, { size }]) => size === undefined);

describe('pictures have the pixels that Pillow gives them', () => {
  it.each(read)('%s', async (name, { file, size, mean, sha256 }) => {
    const { width, height, pixels } = await decodeImage(Buffer.from(file, 'base64'), name);
    expect([width, height]).toEqual(size);
    // The mean says more where the pixels differ.
    meanOf(pixels).forEach((value, channel) => expect(value).toBeCloseTo(mean![channel]!, 2));
    expect(createHash('sha256').update(pixels).digest('hex')).toBe(sha256);
  });
});

describe('pictures are refused where Pillow refuses them', () => {
  it.each(refused)('%s', async (name, { file }) => {
    const reason: unknown = await decodeImage(Buffer.from(file, 'base64'), name).catch((error: unknown) => error);
    expect(reason).toBeInstanceOf(InputError);
    expect((reason as InputError).message).toMatch(/cannot be decoded: found |ends too early/);
    expect((reason as InputError).message.startsWith(`${name}: `)).toBe(true);
  });
});

function meanOf(pixels: Uint8Array): number[] {
  const sums = [0, 0, 0];
  pixels.forEach((value, i) => (sums[i % 3]! += value));
  return sums.map((sum) => (3 * sum) / pixels.length);
}
