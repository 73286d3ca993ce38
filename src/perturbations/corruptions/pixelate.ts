import type { Picture } from '../picture';

/** The side that the picture is made smaller to, as a share of its own. */
const SHARES = [0.95, 0.9, 0.85, 0.75, 0.65];

/** Made smaller, and as large again, by Pillow's box filter on bytes. */
export function pixelate({ height, width, pixels }: Picture, severity: number): Float32Array {
  const share = SHARES[severity - 1] as number;
  const rows = Math.max(1, Math.floor(height * share));
  const columns = Math.max(1, Math.floor(width * share));
  const bytes = new Float32Array(pixels.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round(pixels[i] as number);
  // Across first, rounded to bytes, then down, as Pillow does it.
  const narrow = resizeAxis(bytes, { lines: height, from: width, to: columns, stride: 3 });
  const small = resizeAxis(narrow, { lines: 1, from: height, to: rows, stride: 3 * columns });
  const wide = resizeAxis(small, { lines: rows, from: columns, to: width, stride: 3 });
  return resizeAxis(wide, { lines: 1, from: rows, to: height, stride: 3 * width });
}

/** One axis of an array [lines, from, stride] that becomes [lines, to, stride]. */
interface Axis {
  readonly lines: number;
  readonly from: number;
  readonly to: number;
  readonly stride: number;
}

/** Each value is the mean, rounded, of those whose middle falls into it. */
function resizeAxis(values: Float32Array, { lines, from, to, stride }: Axis): Float32Array {
  const resized = new Float32Array(lines * to * stride);
  for (let place = 0; place < to; place++) {
    const [first, end] = window(place, from / to, from);
    const count = end - first;
    for (let line = 0; line < lines; line++) {
      const target = (line * to + place) * stride;
      const source = (line * from + first) * stride;
      for (let i = 0; i < stride; i++) {
        let sum = 0;
        for (let k = 0; k < count; k++) sum += values[source + k * stride + i] as number;
        resized[target + i] = Math.floor(sum / count + 0.5);
      }
    }
  }
  return resized;
}

/** The first place that falls into this one, and the one after the last. @param scale how many do, about */
function window(place: number, scale: number, length: number): readonly [first: number, end: number] {
  const centre = (place + 0.5) * scale;
  // Larger, a pixel is the one that its middle falls into.
  const side = Math.max(1, scale);
  const inside = (at: number): boolean => {
    const distance = (at - centre + 0.5) / side;
    return distance > -0.5 && distance <= 0.5;
  };
  let first = Math.max(0, Math.floor(centre - side / 2 + 0.5));
  let end = Math.min(length, Math.floor(centre + side / 2 + 0.5));
  while (first < end && !inside(first)) first++;
  while (end > first && !inside(end - 1)) end--;
  return [first, end];
}
