/** An image file at a network's input, and as it is to be shown. */
import {
  DEFAULT_RESIZE,
  bringToInput,
  decodeImageFile,
  fittedSize,
  inputBox,
  placementOf,
  resizePixels,
} from '../imaging';
import type { Box, Resize, RgbImage, Size } from '../imaging';
import type { InputSettings } from './data';

/** Pixels of the longer side, at most, of the picture that is shown. */
const SHOWN_SIDE = 512;

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

export interface PictureFile {
  /** What the network is given. */
  readonly input: RgbImage;
  /** Absent where the file's picture is the input. */
  readonly original?: OriginalPicture;
}

/** @throws InputError for a file that is no picture, or none that can be used */
export async function readPicture(
  path: string,
  { inputSize, mean }: Pick<InputSettings, 'inputSize' | 'mean'>,
  resize: Resize = DEFAULT_RESIZE,
): Promise<PictureFile> {
  const decoded = await decodeImageFile(path);
  const { height, width } = decoded;
  if (height === inputSize && width === inputSize) return { input: decoded };
  const [red, green, blue] = mean.map((value) => Math.min(Math.max(Math.round(255 * value), 0), 255));
  const fill = [red ?? 0, green ?? 0, blue ?? 0] as const;
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
