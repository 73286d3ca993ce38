import type { Pixels } from './augmentationKind';

/** Rows `top` … `bottom − 1`, columns `left` … `right − 1`; what lies outside of an image is ignored. */
export interface Rectangle {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The image with a rectangle filled. @param colour the red, green and blue of the next pixel, row by row */
export function filled(
  { height, width, pixels }: Pixels,
  { top, bottom, left, right }: Rectangle,
  colour: () => ArrayLike<number>,
): Uint8Array {
  const result = pixels.slice();
  for (let y = Math.max(0, top); y < Math.min(height, bottom); y++) {
    for (let x = Math.max(0, left); x < Math.min(width, right); x++) result.set(colour(), (y * width + x) * 3);
  }
  return result;
}
