import type { Picture } from '../picture';

/** The side that the picture is made smaller to, as a share of its own. */
const SHARES = [0.95, 0.9, 0.85, 0.75, 0.65];

/** Made smaller, and as large again, by Pillow's box filter on bytes. */
export function pixelate({ height, width, pixels }: Picture, severity: number): Float32Array {
  const share = SHARES[severity - 1] as number;
  const [rows, columns] = [Math.floor(height * share), Math.floor(width * share)];
  const bytes = { height, width, pixels: Float32Array.from(pixels, Math.round) };
  const small = resizeBox(bytes, Math.max(1, rows), Math.max(1, columns));
  return resizeBox(small, height, width).pixels;
}

interface Bytes extends Picture {
  readonly pixels: Float32Array;
}

/** Across first, rounded to bytes, then down, as Pillow does it. */
function resizeBox(picture: Bytes, height: number, width: number): Bytes {
  const across = resizeRows(picture, width);
  return transpose(resizeRows(transpose(across), height));
}

/** Each pixel is the mean of those whose middle falls into it. */
function resizeRows({ height, width: from, pixels }: Bytes, width: number): Bytes {
  const resized = new Float32Array(height * width * 3);
  const scale = from / width;
  // Larger, a pixel is the one that its middle falls into.
  const reach = 0.5 * Math.max(1, scale);
  for (let column = 0; column < width; column++) {
    const centre = (column + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const last = Math.min(from, Math.floor(centre + reach + 0.5));
    const inside = Array.from({ length: last - first }, (_, i) => first + i).filter((place) => {
      const distance = (place - centre + 0.5) / Math.max(1, scale);
      return distance > -0.5 && distance <= 0.5;
    });
    for (let row = 0; row < height; row++) {
      for (let channel = 0; channel < 3; channel++) {
        const sum = inside.reduce((all, place) => all + (pixels[(row * from + place) * 3 + channel] as number), 0);
        resized[(row * width + column) * 3 + channel] = Math.floor(sum / inside.length + 0.5);
      }
    }
  }
  return { height, width, pixels: resized };
}

function transpose({ height, width, pixels }: Bytes): Bytes {
  const turned = new Float32Array(pixels.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * 3;
      turned.set(pixels.subarray(from, from + 3), (column * height + row) * 3);
    }
  }
  return { height: width, width: height, pixels: turned };
}
