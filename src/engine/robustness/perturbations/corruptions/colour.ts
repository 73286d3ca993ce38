/** The changes of colour in CIFAR-10-C: by hue, saturation and value, as scikit-image defines them. */
import { GREY_LEVELS, type Picture } from '../picture';

/** Added to the value of each pixel. */
const BRIGHTNESS = [0.05, 0.1, 0.15, 0.2, 0.3];
/** By which each channel's distance from its mean is multiplied. */
const CONTRAST = [0.75, 0.5, 0.4, 0.3, 0.15];
/** By which saturation is multiplied, and what is added then. */
const SATURATE = [
  [0.3, 0],
  [0.1, 0],
  [1.5, 0],
  [2, 0.1],
  [2.5, 0.2],
] as const;

/** Each 0 … 1. */
type Triple = readonly [number, number, number];

export function brightness(picture: Picture, severity: number): Float32Array {
  const more = BRIGHTNESS[severity - 1] as number;
  return mapHsv(picture, ([hue, saturation, value]) => [hue, saturation, unit(value + more)]);
}

export function saturate(picture: Picture, severity: number): Float32Array {
  const [factor, more] = SATURATE[severity - 1] as (typeof SATURATE)[number];
  return mapHsv(picture, ([hue, saturation, value]) => [hue, unit(saturation * factor + more), value]);
}

export function contrast({ pixels }: Picture, severity: number): Float32Array {
  const factor = CONTRAST[severity - 1] as number;
  const sums = [0, 0, 0];
  pixels.forEach((value, i) => (sums[i % 3] = (sums[i % 3] as number) + value));
  const means = sums.map((sum) => sum / (pixels.length / 3));
  return Float32Array.from(pixels, (value, i) => {
    const mean = means[i % 3] as number;
    return (value - mean) * factor + mean;
  });
}

function mapHsv({ pixels }: Picture, change: (hsv: Triple) => Triple): Float32Array {
  const changed = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i += 3) {
    const rgb = [0, 1, 2].map((channel) => (pixels[i + channel] as number) / GREY_LEVELS) as unknown as Triple;
    toRgb(change(toHsv(rgb))).forEach((value, channel) => (changed[i + channel] = value * GREY_LEVELS));
  }
  return changed;
}

/** A grey's hue and saturation are 0. */
export function toHsv([red, green, blue]: Triple): Triple {
  const value = Math.max(red, green, blue);
  const range = value - Math.min(red, green, blue);
  if (range === 0) return [0, 0, value];
  const sixths =
    value === blue ? 4 + (red - green) / range : value === green ? 2 + (blue - red) / range : (green - blue) / range;
  return [(sixths / 6 + 1) % 1, range / value, value];
}

export function toRgb([hue, saturation, value]: Triple): Triple {
  const sector = Math.floor(hue * 6);
  const within = hue * 6 - sector;
  const low = value * (1 - saturation);
  const falling = value * (1 - within * saturation);
  const rising = value * (1 - (1 - within) * saturation);
  const sectors: readonly Triple[] = [
    [value, rising, low],
    [falling, value, low],
    [low, value, rising],
    [low, falling, value],
    [rising, low, value],
    [value, low, falling],
  ];
  return sectors[sector % 6] as Triple;
}

function unit(value: number): number {
  return Math.min(1, Math.max(0, value));
}
