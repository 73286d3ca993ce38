import type { Pixels } from '../augmentationKind';

/** Output (x, y) shows input (a·x + b·y + c, d·x + e·y + f): `[a, b, c, d, e, f]`, in pixels from the top left corner. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/**
 * As Pillow's `transform(size, AFFINE, matrix, BILINEAR)`: centres of pixels lie at halves, what lies outside is black, values
 * beyond the outermost centres are those of the edge, and results are cut down to whole grey levels.
 */
export function warp({ height, width, pixels }: Pixels, [a, b, c, d, e, f]: Affine): Uint8Array {
  const warped = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inX = a * (x + 0.5) + b * (y + 0.5) + c;
      const inY = d * (x + 0.5) + e * (y + 0.5) + f;
      if (inX < 0 || inX >= width || inY < 0 || inY >= height) continue;
      const left = Math.floor(inX - 0.5);
      const top = Math.floor(inY - 0.5);
      const dx = inX - 0.5 - left;
      const dy = inY - 0.5 - top;
      const above = Math.max(0, top) * width;
      const below = Math.min(height - 1, top + 1) * width;
      const x0 = Math.max(0, left);
      const x1 = Math.min(width - 1, left + 1);
      const corners = { a: (above + x0) * 3, b: (above + x1) * 3, c: (below + x0) * 3, d: (below + x1) * 3 };
      const target = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const upperLeft = pixels[corners.a + channel] as number;
        const lowerLeft = pixels[corners.c + channel] as number;
        const upper = upperLeft + ((pixels[corners.b + channel] as number) - upperLeft) * dx;
        const lower = lowerLeft + ((pixels[corners.d + channel] as number) - lowerLeft) * dx;
        warped[target + channel] = upper + (lower - upper) * dy;
      }
    }
  }
  return warped;
}

/** Counter-clockwise about the centre, as Pillow's `rotate` has it. */
export function rotation(degrees: number, { height, width }: Pick<Pixels, 'height' | 'width'>): Affine {
  const angle = (-degrees * Math.PI) / 180;
  // Pillow rounds so, which decides on which side of an edge a pixel's place lies.
  const cos = Number(Math.cos(angle).toFixed(15));
  const sin = Number(Math.sin(angle).toFixed(15));
  const [x, y] = [width / 2, height / 2];
  return [cos, sin, cos * -x + sin * -y + x, -sin, cos, -sin * -x + cos * -y + y];
}
