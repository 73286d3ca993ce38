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

/** Changes hue, saturation and value in place. */
type Change = (hsv: Triple) => void;
/** Three numbers, each 0 … 1: the same array for all pixels, as a new one each would take longer than the arithmetic. */
type Triple = [number, number, number];

export function brightness(picture: Picture, severity: number): Float32Array {
  const more = BRIGHTNESS[severity - 1] as number;
  return mapHsv(picture, (hsv) => {
    hsv[2] = unit(hsv[2] + more);
  });
}

export function saturate(picture: Picture, severity: number): Float32Array {
  const [factor, more] = SATURATE[severity - 1] as (typeof SATURATE)[number];
  return mapHsv(picture, (hsv) => {
    hsv[1] = unit(hsv[1] * factor + more);
  });
}

export function contrast({ pixels }: Picture, severity: number): Float32Array {
  const factor = CONTRAST[severity - 1] as number;
  const values = new Float32Array(pixels);
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0;
    for (let i = channel; i < values.length; i += 3) sum += values[i] as number;
    const mean = sum / (values.length / 3);
    for (let i = channel; i < values.length; i += 3) values[i] = ((values[i] as number) - mean) * factor + mean;
  }
  return values;
}

function mapHsv({ pixels }: Picture, change: Change): Float32Array {
  const values = new Float32Array(pixels);
  const triple: Triple = [0, 0, 0];
  for (let i = 0; i < values.length; i += 3) {
    for (let channel = 0; channel < 3; channel++) triple[channel] = (values[i + channel] as number) / GREY_LEVELS;
    toHsv(triple);
    change(triple);
    toRgb(triple);
    for (let channel = 0; channel < 3; channel++) values[i + channel] = (triple[channel] as number) * GREY_LEVELS;
  }
  return values;
}

/** From red, green and blue, in place. A grey's hue and saturation are 0. */
function toHsv(triple: Triple): void {
  const [red, green, blue] = triple;
  const value = Math.max(red, green, blue);
  const range = value - Math.min(red, green, blue);
  if (range === 0) {
    set(triple, 0, 0, value);
    return;
  }
  const sixths =
    value === blue ? 4 + (red - green) / range : value === green ? 2 + (blue - red) / range : (green - blue) / range;
  const scheduler = sixths / 6 + 1;
  set(triple, scheduler < 1 ? scheduler : scheduler - 1, range / value, value);
}

/** To red, green and blue, in place. */
function toRgb(triple: Triple): void {
  const [hue, saturation, value] = triple;
  const sector = Math.floor(hue * 6);
  const within = hue * 6 - sector;
  const low = value * (1 - saturation);
  const falling = value * (1 - within * saturation);
  const rising = value * (1 - (1 - within) * saturation);
  if (sector === 0) set(triple, value, rising, low);
  else if (sector === 1) set(triple, falling, value, low);
  else if (sector === 2) set(triple, low, value, rising);
  else if (sector === 3) set(triple, low, falling, value);
  else if (sector === 4) set(triple, rising, low, value);
  else set(triple, value, low, falling);
}

function set(triple: Triple, first: number, second: number, third: number): void {
  triple[0] = first;
  triple[1] = second;
  triple[2] = third;
}

function unit(value: number): number {
  return Math.min(1, Math.max(0, value));
}
