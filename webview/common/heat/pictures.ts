/** What is shown of an explained image: its picture, and where the network's input lies in it. */
import type { Box } from '../../../src/imaging/placement';
import type { ExplainedImage, Picture } from '../../../src/protocol/engine';
import { resizeSentence } from './resizeText';

export interface ShownPicture {
  readonly picture: Picture;
  /** Perturbed: what the network is given in place of that part of the picture. */
  readonly given?: Picture;
  /** Where the network's input, and so a heatmap, lies in the picture. */
  readonly box: Box;
}

const WHOLE: Box = { left: 0, top: 0, width: 1, height: 1 };

/** @param given the perturbed input; the image as it is when absent */
export function shownPicture(
  { picture, original }: ExplainedImage & { readonly usable: true },
  given?: Picture,
): ShownPicture {
  if (original === undefined) return { picture: given ?? picture, box: WHOLE };
  return { picture: original.picture, box: original.box, ...(given && { given }) };
}

/** What the network is given of a picture that is not of its input's size; empty of all others. */
export function givenText(explained: ExplainedImage | undefined): string {
  if (explained?.usable !== true || explained.original === undefined) return '';
  const { size, resize } = explained.original;
  return resizeSentence(size, explained.picture.width, resize);
}
