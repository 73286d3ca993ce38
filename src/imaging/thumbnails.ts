/** Many images of one size, made smaller together. */
import { resizePixels, type RgbImage } from './image';

/**
 * @param images [count, height, width, 3] @param longestSide of what is given back, in pixels
 * @returns the same where they are no larger; else averaged, with the same aspect
 */
export function thumbnails(images: RgbImage, count: number, longestSide: number): RgbImage {
  const scale = longestSide / Math.max(images.height, images.width);
  if (scale >= 1) return images;
  const [height, width] = [images.height, images.width].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ];
  const [from, to] = [3 * images.height * images.width, 3 * height * width];
  const pixels = new Uint8Array(count * to);
  for (let image = 0; image < count; image++) {
    const own = { ...images, pixels: images.pixels.subarray(image * from, (image + 1) * from) };
    pixels.set(resizePixels(own, height, width).pixels, image * to);
  }
  return { height, width, pixels };
}
