import type { Picture } from '../picture';

/** Zoomed by 1, 1.01, 1.02 …, so many times: the lengths of NumPy’s arange(1, 1.06 … 1.26, 0.01), rounding errors and all. */
const ZOOMS = [7, 12, 16, 21, 26];

/** The mean of the picture and of its middle, zoomed in step by step. */
export function zoomBlur(picture: Picture, severity: number): Float32Array {
  const count = ZOOMS[severity - 1] as number;
  const sum = Float64Array.from(picture.pixels);
  for (let step = 0; step < count; step++) {
    zoomIn(picture, 1 + step / 100).forEach((value, i) => {
      sum[i] = (sum[i] as number) + value;
    });
  }
  return Float32Array.from(sum, (value) => value / (count + 1));
}

/**
 * The middle of the picture, as much as fills it at this factor, resized as by scipy.ndimage's `zoom` of order 1: linear,
 * corner pixels on corner pixels; then cut to the picture's size.
 */
function zoomIn({ height, width, pixels }: Picture, factor: number): Float32Array {
  const rows = axis(height, factor);
  const columns = axis(width, factor);
  const zoomed = new Float32Array(height * width * 3);
  for (let row = 0; row < height; row++) {
    const [top, bottom, down] = rows(row);
    for (let column = 0; column < width; column++) {
      const [left, right, across] = columns(column);
      for (let channel = 0; channel < 3; channel++) {
        const at = (y: number, x: number): number => pixels[(y * width + x) * 3 + channel] as number;
        const upper = at(top, left) + across * (at(top, right) - at(top, left));
        const lower = at(bottom, left) + across * (at(bottom, right) - at(bottom, left));
        zoomed[(row * width + column) * 3 + channel] = upper + down * (lower - upper);
      }
    }
  }
  return zoomed;
}

/** Between which two places a place of the result lies, and how far from the first. */
function axis(length: number, factor: number): (place: number) => [low: number, high: number, share: number] {
  const cropped = Math.ceil(length / factor);
  const start = Math.floor((length - cropped) / 2);
  const enlarged = Math.round(cropped * factor);
  const trim = Math.floor((enlarged - length) / 2);
  return (place) => {
    const from = ((place + trim) * (cropped - 1)) / Math.max(1, enlarged - 1);
    const low = Math.min(cropped - 1, Math.floor(from));
    return [start + low, start + Math.min(cropped - 1, low + 1), from - low];
  };
}
