/** Options of commands that take image files: how these are brought to the network's input. */
import type { Command } from 'commander';
import type { NetworkName } from '../../architectures';
import { InputError } from '../../common/errors';
import type { ImageToExplain } from '../../computations/heatmaps/explain';
import { resizeText } from '../../imaging';
import { MOST_CROPPED, RESIZE_MODES, resolveResize, type ResizeMode, type ResizeSettings } from '../../study';
import { oneOf, share } from './arguments';
import type { Output } from '../printing/output';

export interface ResizeOptions {
  readonly resize?: ResizeMode;
  readonly cropFraction?: number;
  readonly interpolation?: ResizeSettings['interpolation'];
}

export function addResizeOptions(command: Command): Command {
  return command
    .option(
      '--resize <mode>',
      'how image files are brought to the input: crop (as timm evaluates), pad or stretch (default: the study’s, else stretch)',
      oneOf('--resize', RESIZE_MODES),
    )
    .option(
      '--crop-fraction <share>',
      'with --resize crop: the crop’s side by the picture’s shorter side (default: timm’s of the network, else 0.875)',
      share('--crop-fraction', MOST_CROPPED),
    )
    .option(
      '--interpolation <name>',
      'with --resize: bicubic or bilinear (default: bicubic, as timm; of stretch bilinear)',
      oneOf('--interpolation', ['bicubic', 'bilinear']),
    );
}

/** @param ofStudy what counts where no option says it */
export function chosenResize(
  { resize: mode, cropFraction, interpolation }: ResizeOptions,
  architecture: NetworkName,
  ofStudy?: ResizeSettings,
): ResizeSettings | undefined {
  const unused =
    cropFraction !== undefined && mode !== 'crop'
      ? { place: '--crop-fraction', expected: 'it with --resize crop' }
      : interpolation !== undefined && mode === undefined
        ? { place: '--interpolation', expected: 'it with --resize' }
        : undefined;
  if (unused !== undefined) throw new InputError('an option that plays no part here', unused);
  if (mode === undefined) return ofStudy;
  return resolveResize(mode === 'crop' ? { mode, cropFraction, interpolation } : { mode, interpolation }, architecture);
}

/** Says what the network is given of pictures that are not of its input's size. */
export function sayResize(images: readonly ImageToExplain[], inputSize: number, output: Output): void {
  const resized = images.flatMap(({ original }) => (original === undefined ? [] : [original]));
  const [first] = resized;
  if (first === undefined) return;
  const { resize } = first;
  const pictures = resized.length === 1 ? 'The picture is' : `${resized.length} pictures are`;
  output.log(
    `${pictures} brought to ${inputSize}×${inputSize}: ${resizeText(resize)}, ${resize.interpolation} (--resize).`,
  );
}
