/** Changes of grey levels, channel by channel, as Pillow's ImageOps makes them. */
import type { Pixels } from '../augmentationKind';

const LEVELS = 256;
type Table = (level: number) => number;

/** The image with each channel's levels replaced. @param tableOf what becomes of a level, from the channel's histogram */
function mapped({ pixels }: Pixels, tableOf: (histogram: Uint32Array) => Table): Uint8Array {
  const result = new Uint8Array(pixels.length);
  for (let channel = 0; channel < 3; channel++) {
    const histogram = new Uint32Array(LEVELS);
    for (let i = channel; i < pixels.length; i += 3) {
      const level = pixels[i] as number;
      histogram[level] = (histogram[level] as number) + 1;
    }
    const levelOf = tableOf(histogram);
    const table = new Uint8Array(LEVELS);
    for (let level = 0; level < LEVELS; level++) table[level] = levelOf(level);
    for (let i = channel; i < pixels.length; i += 3) result[i] = table[pixels[i] as number] as number;
  }
  return result;
}

/** `ImageOps.autocontrast`: the darkest level of a channel becomes 0, the lightest 255. */
export function autocontrast(image: Pixels): Uint8Array {
  return mapped(image, (histogram) => {
    const darkest = histogram.findIndex((count) => count > 0);
    const lightest = histogram.findLastIndex((count) => count > 0);
    if (lightest <= darkest) return (level) => level;
    const scale = 255 / (lightest - darkest);
    const offset = -darkest * scale;
    return (level) => Math.min(255, Math.max(0, Math.trunc(level * scale + offset)));
  });
}

/** `ImageOps.equalize`: levels become about equally frequent. */
export function equalize(image: Pixels): Uint8Array {
  return mapped(image, (histogram) => {
    const last = histogram[histogram.findLastIndex((count) => count > 0)] as number;
    const step = Math.floor((image.height * image.width - last) / 255);
    // A channel of one level has a step of zero, too.
    if (step === 0) return (level) => level;
    const below = new Uint32Array(LEVELS);
    for (let level = 1; level < LEVELS; level++)
      below[level] = (below[level - 1] as number) + (histogram[level - 1] as number);
    return (level) => Math.min(255, Math.floor((Math.floor(step / 2) + (below[level] as number)) / step));
  });
}

/** `ImageOps.posterize`: of each level the highest `bits` are kept, 1 … 8. */
export function posterize(image: Pixels, bits: number): Uint8Array {
  const mask = 256 - 2 ** (8 - bits);
  return image.pixels.map((level) => level & mask);
}

/** `ImageOps.solarize`: levels from the threshold on are inverted. */
export function solarize(image: Pixels, threshold: number): Uint8Array {
  return image.pixels.map((level) => (level < threshold ? level : 255 - level));
}
