import { expect, it } from 'vitest';
import { decodeBmp } from '../../../../src/imageFiles/bmp';
import { readBmpHeader } from '../../../../src/imageFiles/bmp/header';
import { bitmapFile } from '../../../../webview/common/heat/bitmapFile';

it('is a bitmap of the same pixels, their transparency included', async () => {
  const data = Uint8ClampedArray.from({ length: 3 * 2 * 4 }, (_, at) => (at * 37) % 256);
  const file = new Uint8Array(await bitmapFile({ width: 3, height: 2, data }).arrayBuffer());
  const { width, height, pixels } = decodeBmp(file, readBmpHeader(file));
  expect({ width, height, pixels: [...pixels] }).toEqual({ width: 3, height: 2, pixels: [...data] });
});
