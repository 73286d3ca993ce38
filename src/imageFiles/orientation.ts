/** Turns pictures upright. */
import type { RgbImage } from '../imaging/image';

/**
 * @param orientation EXIF's: 1 upright, 2 mirrored left to right, 3 upside down, 4 mirrored top to bottom, 5 mirrored
 *   about the falling diagonal, 6 to be turned clockwise, 7 mirrored about the rising diagonal, 8 counter-clockwise
 */
export function turnUpright(image: RgbImage, orientation: number): RgbImage {
  if (orientation === 1) return image;
  const sidewaysStored = orientation >= 5;
  const height = sidewaysStored ? image.width : image.height;
  const width = sidewaysStored ? image.height : image.width;
  const pixels = new Uint8Array(image.pixels.length);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const [row, column] = storedAt(orientation, y, x, image);
      const from = (row * image.width + column) * 3;
      for (let channel = 0; channel < 3; channel++) pixels[to + channel] = image.pixels[from + channel] as number;
    }
  }
  return { height, width, pixels };
}

/** Where the upright picture's (y, x) stands in the stored one. */
function storedAt(orientation: number, y: number, x: number, { height, width }: RgbImage): [number, number] {
  switch (orientation) {
    case 2:
      return [y, width - 1 - x];
    case 3:
      return [height - 1 - y, width - 1 - x];
    case 4:
      return [height - 1 - y, x];
    case 5:
      return [x, y];
    case 6:
      return [height - 1 - x, y];
    case 7:
      return [height - 1 - x, width - 1 - y];
    case 8:
      return [x, width - 1 - y];
    default:
      return [y, x];
  }
}
