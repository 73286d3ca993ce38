import type { Picture } from './picture';

/** Where a pixel of a rotated image comes from: a place, in pixels from the centre. */
export interface Turn {
  readonly cosine: number;
  readonly sine: number;
}

/** @param degrees counter-clockwise as one looks at the image, whose rows go down */
export function turnBy(degrees: number): Turn {
  const radians = (degrees * Math.PI) / 180;
  return { cosine: Math.cos(radians), sine: Math.sin(radians) };
}

/**
 * The image turned counter-clockwise about its centre, at its own resolution, bilinear, black where nothing is:
 * torchvision's `rotate(image, degrees, BILINEAR, fill=0)`. Like torchvision it blends an edge with the fill by how much
 * of the sample lies inside, after zeros outside have already darkened it: an edge fades by the square of that share.
 */
export function rotate({ height, width, pixels }: Picture, degrees: number): Float32Array {
  const { cosine, sine } = turnBy(degrees);
  const rotated = new Float32Array(height * width * 3);
  for (let row = 0; row < height; row++) {
    const y = row + 0.5 - height / 2;
    for (let column = 0; column < width; column++) {
      const x = column + 0.5 - width / 2;
      const sourceColumn = cosine * x - sine * y + width / 2 - 0.5;
      const sourceRow = sine * x + cosine * y + height / 2 - 0.5;
      sample({ height, width, pixels }, sourceRow, sourceColumn, rotated, (row * width + column) * 3);
    }
  }
  return rotated;
}

/** Writes the three channels of a place between pixels to `into` at `offset`. */
function sample(
  { height, width, pixels }: Picture,
  row: number,
  column: number,
  into: Float32Array,
  offset: number,
): void {
  const top = Math.floor(row);
  const left = Math.floor(column);
  let inside = 0;
  for (let corner = 0; corner < 4; corner++) {
    const y = top + (corner >> 1);
    const x = left + (corner & 1);
    if (y < 0 || y >= height || x < 0 || x >= width) continue;
    const weight = (1 - Math.abs(row - y)) * (1 - Math.abs(column - x));
    inside += weight;
    for (let channel = 0; channel < 3; channel++) {
      into[offset + channel] =
        (into[offset + channel] as number) + weight * (pixels[(y * width + x) * 3 + channel] as number);
    }
  }
  for (let channel = 0; channel < 3; channel++) {
    into[offset + channel] = (into[offset + channel] as number) * inside;
  }
}
