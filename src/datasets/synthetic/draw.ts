/** One synthetic image: a bright shape anywhere, at any angle, before a textured background. */
import type { Random } from '../../common/random';
import { drawBackground, type Background, type Colour } from './background';
import { SHAPES, type Distance } from './shapes';

export const SIDE = 32;

/** The circle about the shape, in pixels. */
const RADIUS = { low: 8, high: 13 } as const;
/**
 * How much brighter the shape is than the middle of the background's gradient, at most, in values of [0, 1]. Always
 * brighter, and large enough: with weaker contrast of either sign and smaller shapes, a ResNet-20 trained on 2,000
 * images stayed near chance for eight epochs.
 */
const CONTRAST = { low: 0.45, high: 0.75 } as const;

export interface DrawTarget {
  /** [32, 32, 3], 0 … 255 */
  readonly pixels: Uint8Array;
  /** [32, 32], 1 where the shape covers at least half of the pixel */
  readonly mask: Uint8Array;
}

interface Placement {
  readonly distance: Distance;
  readonly radius: number;
  readonly centreX: number;
  readonly centreY: number;
  readonly angle: number;
}

export function drawImage(label: number, random: Random, target: DrawTarget): void {
  const background = drawBackground(SIDE, random);
  const placement = place(label, random);
  paint(background, placement, shapeColour(background, random), target);
}

/** The shape's circle stays inside the image. */
function place(label: number, random: Random): Placement {
  const shape = SHAPES[label];
  if (shape === undefined) throw new RangeError(`no shape has label ${label}`);
  const radius = random.uniform(RADIUS.low, RADIUS.high);
  return {
    distance: shape.distance,
    radius,
    centreX: random.uniform(radius, SIDE - radius),
    centreY: random.uniform(radius, SIDE - radius),
    angle: random.uniform(0, 2 * Math.PI),
  };
}

/** Each channel gets a share of its own of the contrast, so that colour says nothing of the class. */
function shapeColour({ ends }: Background, random: Random): Colour {
  const contrast = random.uniform(CONTRAST.low, CONTRAST.high);
  const channel = (i: 0 | 1 | 2): number => (ends[0][i] + ends[1][i]) / 2 + contrast * random.uniform(0.3, 1);
  return [channel(0), channel(1), channel(2)];
}

/** Blends the shape over the background by how much of each pixel it covers. */
function paint({ values }: Background, placement: Placement, colour: Colour, { pixels, mask }: DrawTarget): void {
  const { distance, radius, centreX, centreY, angle } = placement;
  const [cos, sin] = [Math.cos(angle) / radius, Math.sin(angle) / radius];
  for (let y = 0, at = 0; y < SIDE; y++) {
    const dy = y + 0.5 - centreY;
    for (let x = 0; x < SIDE; x++, at++) {
      const dx = x + 0.5 - centreX;
      const outside = distance(dx * cos + dy * sin, dy * cos - dx * sin) * radius;
      const cover = Math.min(Math.max(0.5 - outside, 0), 1);
      mask[at] = cover >= 0.5 ? 1 : 0;
      for (let channel = 0; channel < 3; channel++) {
        const behind = values[at * 3 + channel] as number;
        const value = behind + cover * ((colour[channel] as number) - behind);
        pixels[at * 3 + channel] = Math.round(Math.min(Math.max(value, 0), 1) * 255);
      }
    }
  }
}
