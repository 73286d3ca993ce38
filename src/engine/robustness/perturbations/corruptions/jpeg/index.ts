import type { Picture } from '../../picture';
import { quantise } from './blocks';
import { double, halve } from './chroma';
import { generate, padded, type Plane } from './plane';
import { quantisationTables } from './tables';

const QUALITY = [80, 65, 58, 50, 40];
/** The colours' weights are multiples of 2⁻¹⁶, so that sums are rounded as libjpeg rounds them. */
const SHIFT = 16;
const HALF = 1 << (SHIFT - 1);
/** Of the luminance that goes with a pixel of halved colour. */
const UNIT = 16;

/**
 * What a JPEG file of the picture shows, as Pillow (libjpeg) writes and reads it: colour at half the resolution, and the
 * quantisation tables of the standard. No file is made: what follows the quantisation loses nothing.
 */
export function jpegCompression({ height, width, pixels }: Picture, severity: number): Float32Array {
  const tables = quantisationTables(QUALITY[severity - 1] as number);
  const channel = (weights: readonly number[], offset: number): Plane => {
    const plane = generate(height, width, (row, column) => {
      const at = (row * width + column) * 3;
      return weights.reduce((all, weight, i) => all + weight * Math.round(pixels[at + i] as number), offset) >> SHIFT;
    });
    return padded(plane, UNIT);
  };
  const colour = (weights: readonly number[]): Plane =>
    double(
      quantise(padded(halve(channel(weights, (128 << SHIFT) + HALF - 1)), UNIT / 2), tables.chrominance),
      height,
      width,
    );
  const luminance = quantise(channel([19595, 38470, 7471], HALF), tables.luminance);
  const blue = colour([-11059, -21709, 32768]);
  const red = colour([32768, -27439, -5329]);
  return toPixels(height, width, luminance, blue, red);
}

function toPixels(height: number, width: number, luminance: Plane, blue: Plane, red: Plane): Float32Array {
  const result = new Float32Array(height * width * 3);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const place = row * width + column;
      const y = luminance.values[row * luminance.width + column] as number;
      const cb = (blue.values[place] as number) - 128;
      const cr = (red.values[place] as number) - 128;
      const rgb = [
        y + ((91881 * cr + HALF) >> SHIFT),
        y + ((-22554 * cb - 46802 * cr + HALF) >> SHIFT),
        y + ((116130 * cb + HALF) >> SHIFT),
      ];
      result.set(
        rgb.map((value) => Math.min(255, Math.max(0, value))),
        place * 3,
      );
    }
  }
  return result;
}
