import { clip, type Picture } from '../../picture';
import { quantise } from './blocks';
import { double, halve } from './chroma';
import { emptyPlane, padded, type Plane } from './plane';
import { quantisationTables } from './tables';

const TABLES = [80, 65, 58, 50, 40].map(quantisationTables);
/** The colours' weights are multiples of 2⁻¹⁶, so that sums are rounded as libjpeg rounds them. */
const SHIFT = 16;
const HALF = 1 << (SHIFT - 1);
/** Of the luminance that goes with a pixel of halved colour. */
const UNIT = 16;

type Weights = readonly [red: number, green: number, blue: number];

/**
 * What a JPEG file of the picture shows, as Pillow (libjpeg) writes and reads it: colour at half the resolution, and the
 * quantisation tables of the standard. No file is made: what follows the quantisation loses nothing.
 */
export function jpegCompression(picture: Picture, severity: number): Float32Array {
  const { height, width } = picture;
  const tables = TABLES[severity - 1] as (typeof TABLES)[number];
  const colour = (weights: Weights): Plane => {
    const full = padded(channel(picture, weights, (128 << SHIFT) + HALF - 1), UNIT);
    return double(quantise(padded(halve(full), UNIT / 2), tables.chrominance), height, width);
  };
  const luminance = quantise(padded(channel(picture, [19595, 38470, 7471], HALF), UNIT), tables.luminance);
  return toPixels(luminance, colour([-11059, -21709, 32768]), colour([32768, -27439, -5329]));
}

function channel({ height, width, pixels }: Picture, [red, green, blue]: Weights, offset: number): Plane {
  const plane = emptyPlane(height, width);
  for (let place = 0, from = 0; place < plane.values.length; place++, from += 3) {
    const ofRed = red * Math.round(pixels[from] as number);
    const ofGreen = green * Math.round(pixels[from + 1] as number);
    const ofBlue = blue * Math.round(pixels[from + 2] as number);
    plane.values[place] = (offset + ofRed + ofGreen + ofBlue) >> SHIFT;
  }
  return plane;
}

/** @param luminance may go on beyond the picture, whose size the colours have */
function toPixels(luminance: Plane, blue: Plane, red: Plane): Float32Array {
  const { height, width } = blue;
  const result = new Float32Array(height * width * 3);
  for (let row = 0, place = 0; row < height; row++) {
    for (let column = 0; column < width; column++, place++) {
      const y = luminance.values[row * luminance.width + column] as number;
      const cb = (blue.values[place] as number) - 128;
      const cr = (red.values[place] as number) - 128;
      result[3 * place] = y + ((91881 * cr + HALF) >> SHIFT);
      result[3 * place + 1] = y + ((-22554 * cb - 46802 * cr + HALF) >> SHIFT);
      result[3 * place + 2] = y + ((116130 * cb + HALF) >> SHIFT);
    }
  }
  return clip(result);
}
