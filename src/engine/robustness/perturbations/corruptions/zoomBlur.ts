import type { Picture } from '../picture';

/** Zoomed by 1, 1.01, 1.02 …, so many times: the lengths of NumPy's arange(1, 1.06 … 1.26, 0.01), its rounding included. */
const ZOOMS = [7, 12, 16, 21, 26];

/** The mean of the picture and of its middle, zoomed in step by step. */
export function zoomBlur(picture: Picture, severity: number): Float32Array {
  const count = ZOOMS[severity - 1] as number;
  const sum = Float64Array.from(picture.pixels);
  for (let step = 0; step < count; step++) addZoomed(picture, 1 + step / 100, sum);
  return Float32Array.from(sum, (value) => value / (count + 1));
}

/**
 * Adds the middle of the picture, as much as fills it at this factor, resized as by scipy.ndimage's `zoom` of order 1:
 * linear, corner pixels on corner pixels; then cut to the picture's size.
 */
function addZoomed({ height, width, pixels }: Picture, factor: number, sum: Float64Array): void {
  const rows = sources(height, factor);
  const columns = sources(width, factor);
  for (let row = 0, to = 0; row < height; row++) {
    const [top, bottom, down] = rows[row] as Source;
    for (let column = 0; column < width; column++) {
      const [left, right, across] = columns[column] as Source;
      const corners = [top * width + left, top * width + right, bottom * width + left, bottom * width + right] as const;
      for (let channel = 0; channel < 3; channel++, to++) {
        const at = (corner: 0 | 1 | 2 | 3): number => pixels[corners[corner] * 3 + channel] as number;
        const upper = at(0) + across * (at(1) - at(0));
        const lower = at(2) + across * (at(3) - at(2));
        sum[to] = (sum[to] as number) + upper + down * (lower - upper);
      }
    }
  }
}

/** Between which two places a place of the result lies, and how far from the first. */
type Source = readonly [low: number, high: number, share: number];

function sources(length: number, factor: number): Source[] {
  const cropped = Math.ceil(length / factor);
  const start = Math.floor((length - cropped) / 2);
  const enlarged = Math.round(cropped * factor);
  const trim = Math.floor((enlarged - length) / 2);
  return Array.from({ length }, (_, place) => {
    const from = ((place + trim) * (cropped - 1)) / Math.max(1, enlarged - 1);
    const low = Math.min(cropped - 1, Math.floor(from));
    return [start + low, start + Math.min(cropped - 1, low + 1), from - low];
  });
}
