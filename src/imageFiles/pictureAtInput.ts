/** An image file at a network's input, and as it is to be shown. */
import { DEFAULT_RESIZE, bringToInput, fittedSize, inputBox, placementOf, resizePixels } from '../imaging';
import type { Box, Resize, RgbImage, Size } from '../imaging';
import { decodeImageFile } from './index';

/** Pixels of the longer side, at most, of the picture that is shown. */
const SHOWN_SIDE = 512;

/** The side of a network's input in pixels, and what its values in [0, 1] are normalised by: the colour of padding. */
interface InputOfNetwork {
  readonly inputSize: number;
  readonly mean: readonly [red: number, green: number, blue: number];
}

/** A picture that is not of the input's size. */
export interface OriginalPicture {
  /** In its own proportions, made smaller where it is large. */
  readonly picture: RgbImage;
  /** Of the file. */
  readonly size: Size;
  readonly resize: Resize;
  /** Where the input lies in the picture. */
  readonly box: Box;
}

export interface PictureAtInput {
  /** What the network is given. */
  readonly input: RgbImage;
  /** Absent where the file's picture is the input. */
  readonly original?: OriginalPicture;
}

/** @throws InputError for a file that is no picture, or none that can be used */
export async function readPicture(
  path: string,
  { inputSize, mean }: InputOfNetwork,
  resize: Resize = DEFAULT_RESIZE,
): Promise<PictureAtInput> {
  const decoded = await decodeImageFile(path);
  const { height, width } = decoded;
  if (height === inputSize && width === inputSize) return { input: decoded };
  const level = (value: number): number => Math.min(Math.max(Math.round(255 * value), 0), 255);
  const fill = [level(mean[0]), level(mean[1]), level(mean[2])] as const;
  const shown = fittedSize(decoded, Math.min(SHOWN_SIDE, Math.max(height, width)));
  return {
    input: bringToInput(decoded, inputSize, resize, fill),
    original: {
      picture: resizePixels(decoded, shown.height, shown.width),
      size: { height, width },
      resize,
      box: inputBox(placementOf(decoded, inputSize, resize), inputSize),
    },
  };
}
