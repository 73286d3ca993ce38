/**
 * Corruptions of CIFAR-10-C (Hendrycks and Dietterich 2019) with the constants of its own program, at severities 1 to 5.
 * Those that need pictures, programs or libraries from outside are not among them: motion blur, snow, frost, fog,
 * elastic transform, spatter. Values are not cut to whole grey levels, as CIFAR-10-C's files are: they lie half a level
 * higher on average.
 */
import type { Random } from '../../common/random';
import type { CorruptionName } from '../../study';
import { clip, type Picture } from '../picture';
import { defocusBlur, gaussianBlurAt, glassBlur } from './blurs';
import { brightness, contrast, saturate } from './colour';
import { jpegCompression } from './jpeg';
import { gaussianNoise, impulseNoise, shotNoise, speckleNoise } from './noises';
import { pixelate } from './pixelate';
import { zoomBlur } from './zoomBlur';

const CORRUPTIONS: Readonly<
  Record<CorruptionName, (picture: Picture, severity: number, random: Random) => Float32Array>
> = {
  gaussian_noise: gaussianNoise,
  shot_noise: shotNoise,
  impulse_noise: impulseNoise,
  speckle_noise: speckleNoise,
  gaussian_blur: gaussianBlurAt,
  defocus_blur: defocusBlur,
  glass_blur: glassBlur,
  zoom_blur: zoomBlur,
  brightness,
  contrast,
  saturate,
  pixelate,
  jpeg_compression: jpegCompression,
};

/** @param severity 1 … 5 */
export function corrupt(picture: Picture, name: CorruptionName, severity: number, random: Random): Float32Array {
  return clip(CORRUPTIONS[name](picture, severity, random));
}
