/** What the benchmarks of Hendrycks and Dietterich (2019) hold, by the names of their files. */

/** CIFAR-10-C's and CIFAR-100-C's own, over which their authors average. */
export const STANDARD_CORRUPTIONS = [
  'gaussian_noise',
  'shot_noise',
  'impulse_noise',
  'defocus_blur',
  'glass_blur',
  'motion_blur',
  'zoom_blur',
  'snow',
  'frost',
  'fog',
  'brightness',
  'contrast',
  'elastic_transform',
  'pixelate',
  'jpeg_compression',
] as const;

/** Kept apart by their authors, to tune on. */
const EXTRA_CORRUPTIONS = ['speckle_noise', 'gaussian_blur', 'spatter', 'saturate'] as const;

/** CIFAR-10-P's own, as its evaluation lists them. */
export const STANDARD_SEQUENCES = [
  'gaussian_noise',
  'shot_noise',
  'motion_blur',
  'zoom_blur',
  'spatter',
  'brightness',
  'translate',
  'rotate',
  'tilt',
  'scale',
] as const;

/** Those that EpochLens does not draw itself: they need pictures or programs from outside. */
export const ONLY_IN_FILES = ['motion_blur', 'snow', 'frost', 'fog', 'elastic_transform', 'spatter'] as const;

/** What a file is of: pictures at severities, sequences of frames, or another test set. */
export type BenchmarkKind = 'corruption' | 'sequence' | 'testSet';

/** Standard: in the published mean. Extra: published, and apart. Other: no name of theirs. */
export type BenchmarkGroup = 'standard' | 'extra' | 'other';

const has = (names: readonly string[], name: string): boolean => names.includes(name);

export function groupOf(kind: BenchmarkKind, name: string): BenchmarkGroup {
  if (kind === 'testSet') return 'other';
  if (has(kind === 'corruption' ? STANDARD_CORRUPTIONS : STANDARD_SEQUENCES, name)) return 'standard';
  if (kind === 'corruption') return has(EXTRA_CORRUPTIONS, name) ? 'extra' : 'other';
  return /^(speckle_noise|gaussian_blur|snow|shear|(gaussian|shot|speckle)_noise_[23])$/.test(name) ? 'extra' : 'other';
}

/** In the published order; what is no name of theirs comes last, by name. */
export function compareNames(kind: BenchmarkKind, a: string, b: string): number {
  const order: readonly string[] =
    kind === 'corruption' ? [...STANDARD_CORRUPTIONS, ...EXTRA_CORRUPTIONS] : STANDARD_SEQUENCES;
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return place(a) - place(b) || a.localeCompare(b, 'en');
}

/**
 * Whether a sequence's frames are compared with its first one, and not with the one before: of noise, as every frame is a
 * draw of its own. The authors' program asks whether the file's name has the word.
 */
export function comparesWithFirst(name: string): boolean {
  return name.includes('noise');
}
