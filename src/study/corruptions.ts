/** The corruptions of CIFAR-10-C that need nothing from outside, under its own names. */

interface Corruption {
  readonly description: string;
  /** Whether every round is another draw. */
  readonly random: boolean;
}

const CORRUPTIONS = {
  gaussian_noise: { random: true, description: 'Gaussian noise, of standard deviation 0.04 to 0.1' },
  shot_noise: { random: true, description: 'Poisson noise, as of few photons' },
  impulse_noise: { random: true, description: 'values that are black or white, 1 to 7 % of them' },
  speckle_noise: { random: true, description: 'Gaussian noise that grows with brightness' },
  gaussian_blur: { random: false, description: 'Gaussian blur, of standard deviation 0.4 to 1 pixels' },
  defocus_blur: { random: false, description: 'blur by a disc, as out of focus' },
  glass_blur: { random: true, description: 'pixels displaced by one, as behind frosted glass' },
  zoom_blur: { random: false, description: 'the mean of zooms of up to 6 to 25 %' },
  brightness: { random: false, description: 'brighter' },
  contrast: { random: false, description: 'less contrast' },
  saturate: { random: false, description: 'less (severities 1 and 2) or more saturated' },
  pixelate: { random: false, description: 'resized to 95 to 65 % and back' },
  jpeg_compression: { random: false, description: 'JPEG, of quality 80 to 40' },
} as const satisfies Readonly<Record<string, Corruption>>;

export type CorruptionName = keyof typeof CORRUPTIONS;
export const CORRUPTION_NAMES = Object.keys(CORRUPTIONS) as [CorruptionName, ...CorruptionName[]];
export const CORRUPTION_DESCRIPTIONS = Object.values(CORRUPTIONS).map(({ description }) => description);

/** Without, every round is the same. */
export function drawsAtRandom(name: CorruptionName): boolean {
  return CORRUPTIONS[name].random;
}
