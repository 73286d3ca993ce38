/** How a picture becomes the network's input: as `src/imaging/placement` says it, in the editor's language. */
import * as l10n from '@vscode/l10n';
import { placementOf, type Resize, type Size } from '../../../src/imaging/placement';
import { decimal } from '../text';

/** "centre crop of 87.5 %", "padded", "stretched". */
export function resizeText(resize: Resize): string {
  switch (resize.mode) {
    case 'crop':
      return l10n.t('centre crop of {0} %', decimal(String(Number((100 * resize.cropFraction).toFixed(2)))));
    case 'pad':
      return l10n.t('padded');
    case 'stretch':
      return l10n.t('stretched');
  }
}

/** A sentence on what the network is given of a picture. */
export function resizeSentence({ height, width }: Size, inputSize: number, resize: Resize): string {
  const { resized, left, top } = placementOf({ height, width }, inputSize, resize);
  const size = `${width}×${height}`;
  const input = `${inputSize}×${inputSize}`;
  const to = `${resized.width}×${resized.height} (${resize.interpolation})`;
  if (resize.mode === 'crop')
    return l10n.t(
      'The network is given the centre {0} of the {1} picture resized to {2}, a {3}.',
      input,
      size,
      to,
      resizeText(resize),
    );
  if (resize.mode === 'pad' && (left !== 0 || top !== 0))
    return l10n.t(
      'The network is given the {0} picture resized to {1} and padded to {2} with the mean colour.',
      size,
      to,
      input,
    );
  return resize.mode === 'stretch' && height !== width
    ? l10n.t('The network is given the {0} picture stretched to {1}.', size, to)
    : l10n.t('The network is given the {0} picture resized to {1}.', size, to);
}
