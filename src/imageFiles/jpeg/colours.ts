/** JPEG's colours other than RGB. */

/** @param samples [pixels] @returns [pixels, 3] */
export function greyToRgb(samples: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(samples.length * 3);
  for (let pixel = 0, to = 0; pixel < samples.length; pixel++, to += 3) {
    rgb.fill(samples[pixel] as number, to, to + 3);
  }
  return rgb;
}

/**
 * Without colour profiles, as Pillow: each ink takes its share of the light that black leaves. Stored values are taken
 * as inverted, 255 for no ink, as Adobe's programs write them, also where the file does not say so.
 *
 * @param samples [pixels, 4] @returns [pixels, 3]
 */
export function cmykToRgb(samples: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((samples.length / 4) * 3);
  for (let from = 0, to = 0; from < samples.length; from += 4, to += 3) {
    const light = samples[from + 3] as number;
    for (let ink = 0; ink < 3; ink++) {
      rgb[to + ink] = light - divideBy255(light * (255 - (samples[from + ink] as number)));
    }
  }
  return rgb;
}

/** Rounded, of numbers below 2^16. */
function divideBy255(value: number): number {
  const shifted = value + 128;
  return ((shifted >> 8) + shifted) >> 8;
}
