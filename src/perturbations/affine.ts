/** Affine maps of a picture: where each pixel comes from, bilinear, at the picture's own resolution. */
import * as z from 'zod';
import type { Inverse, Size } from './perturbationKind';
import { meanColour, type Picture } from './picture';

/** x′ = xx·x + xy·y + x0 and y′ = yx·x + yy·y + y0, in pixels from the picture's centre, y down. */
export interface Affine {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

export const fillSchema = z
  .enum(['black', 'mean', 'edge'])
  .default('black')
  .meta({
    description: 'What stands where the moved image shows nothing.',
    enumDescriptions: ['black', "the image's mean colour", 'the nearest pixel of the edge, repeated'],
  });
export type Fill = z.output<typeof fillSchema>;

/** The fill in a perturbation's text, where it is not the default: " mean". */
export function fillText(fill: Fill): string {
  return fill === 'black' ? '' : ` ${fill}`;
}

/** What stands where the moved image shows nothing, as the end of a sentence. */
export function edgeText(fill: Fill): string {
  switch (fill) {
    case 'black':
      return 'black stands where the moved image shows nothing';
    case 'mean':
      return 'the image’s mean colour stands where the moved image shows nothing';
    case 'edge':
      return 'the nearest pixel of the edge is repeated where the moved image shows nothing';
  }
}

/** Completes a sample of which only this share lies inside the picture; the rest of it counts as 0 until then. */
export type Blend = (into: Float32Array, offset: number, inside: number) => void;

/** What {@link warp} does at the edge; undefined where the edge is repeated, so that every sample is whole. */
export function blendOf(fill: Fill, picture: Picture): Blend | undefined {
  if (fill === 'edge') return undefined;
  const colour = fill === 'mean' ? meanColour(picture) : [0, 0, 0];
  return (into, offset, inside) => {
    for (let channel = 0; channel < 3; channel++) {
      into[offset + channel] = (into[offset + channel] as number) + (1 - inside) * (colour[channel] as number);
    }
  };
}

/** The picture whose every pixel is taken from where `source` says it lies: SciPy's `affine_transform` of order 1. */
export function warp(picture: Picture, source: Affine, blend: Blend | undefined): Float32Array {
  const { height, width } = picture;
  const warped = new Float32Array(height * width * 3);
  for (let row = 0; row < height; row++) {
    const y = row + 0.5 - height / 2;
    for (let column = 0; column < width; column++) {
      const x = column + 0.5 - width / 2;
      const sourceColumn = source.xx * x + source.xy * y + source.x0 + width / 2 - 0.5;
      const sourceRow = source.yx * x + source.yy * y + source.y0 + height / 2 - 0.5;
      const offset = (row * width + column) * 3;
      const inside = sample(picture, sourceRow, sourceColumn, blend === undefined, warped, offset);
      if (inside < 1) blend?.(warped, offset, inside);
    }
  }
  return warped;
}

/** Writes the three channels of a place between pixels to `into` at `offset`. @returns the share that lies inside */
function sample(
  { height, width, pixels }: Picture,
  row: number,
  column: number,
  isEdgeRepeated: boolean,
  into: Float32Array,
  offset: number,
): number {
  const top = Math.floor(row);
  const left = Math.floor(column);
  let inside = 0;
  for (let corner = 0; corner < 4; corner++) {
    const y = top + (corner >> 1);
    const x = left + (corner & 1);
    const weight = (1 - Math.abs(row - y)) * (1 - Math.abs(column - x));
    const isInside = y >= 0 && y < height && x >= 0 && x < width;
    if (!isInside && !isEdgeRepeated) continue;
    inside += weight;
    const nearestY = Math.min(height - 1, Math.max(0, y));
    const nearestX = Math.min(width - 1, Math.max(0, x));
    const from = (nearestY * width + nearestX) * 3;
    for (let channel = 0; channel < 3; channel++) {
      into[offset + channel] = (into[offset + channel] as number) + weight * (pixels[from + channel] as number);
    }
  }
  return inside;
}

/** The inverse of a warp, given the affine map that undoes its source's. */
export function affineInverse({ xx, xy, x0, yx, yy, y0 }: Affine, { height, width }: Size): Inverse {
  // From pixels to shares of sides, which need not be equal.
  const across = xy * (height / width);
  const down = yx * (width / height);
  return (x, y) => [xx * x + across * y + x0 / width, down * x + yy * y + y0 / height];
}
