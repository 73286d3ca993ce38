/** Pixels of the model's input size as it takes them. Pure: threads without an engine use it too. */

export type Rgb = readonly [red: number, green: number, blue: number];

export interface InputSettings {
  /** The side of the model's input in pixels. */
  readonly inputSize: number;
  /** Of values in [0, 1], a number a channel. */
  readonly mean: Rgb;
  readonly std: Rgb;
}

/**
 * Values divided by 255, minus the mean, over the standard deviation, each step rounded to float32 as an engine does it.
 * @param pixels RGB, 0 … 255, [n, 3]
 */
export function normalised(
  pixels: Uint8Array | Float32Array,
  { mean, std }: Pick<InputSettings, 'mean' | 'std'>,
): Float32Array {
  const values = new Float32Array(pixels.length);
  for (let channel = 0; channel < 3; channel++) {
    const normalise = normaliser(mean[channel] as number, std[channel] as number);
    if (pixels instanceof Uint8Array) {
      const ofLevels = Float32Array.from({ length: 256 }, (_, level) => normalise(level));
      for (let i = channel; i < values.length; i += 3) values[i] = ofLevels[pixels[i] as number] as number;
    } else {
      for (let i = channel; i < values.length; i += 3) values[i] = normalise(pixels[i] as number);
    }
  }
  return values;
}

function normaliser(mean: number, std: number): (value: number) => number {
  const shift = Math.fround(mean);
  const scale = Math.fround(std);
  return (value) => Math.fround(Math.fround(value / 255) - shift) / scale;
}
