/** Pixels as a file that a browser reads, without any work of compressing them. */

const HEADER = 122;

/** @param pixels four bytes a pixel: red, green, blue, alpha; rows from the top */
export function bitmapFile(pixels: Pick<ImageData, 'width' | 'height' | 'data'>): Blob {
  return new Blob([headerOf(pixels), pixels.data], { type: 'image/bmp' });
}

/** The file's header and a BITMAPV4HEADER, whose masks say in which order ImageData has its bytes. */
function headerOf({ width, height, data }: Pick<ImageData, 'width' | 'height' | 'data'>): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(HEADER));
  const words = (from: number, ...values: number[]): void =>
    values.forEach((value, index) => view.setInt32(from + 4 * index, value, true));
  view.setUint16(0, 0x4d42, true);
  words(2, HEADER + data.length, 0, HEADER);
  // Rows from the top, one plane of 32 bits, masks.
  words(14, HEADER - 14, width, -height, (32 << 16) | 1, 3, data.length);
  // Red, green, blue, alpha; sRGB.
  words(54, 0xff, 0xff00, 0xff0000, 0xff000000, 0x73524742);
  return view.buffer;
}
