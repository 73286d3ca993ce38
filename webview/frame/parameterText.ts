/** What the parameters of methods are, in the editor's language: the records have it in English. */
import * as l10n from '@vscode/l10n';
import type { ParameterRecord } from '../../src/explanations/descriptions';

/** What a parameter of a method is. */
export function parameterSentence(method: string, name: string, { description }: ParameterRecord): string {
  const translated: Readonly<Record<string, string>> = {
    'integrated_gradients.steps': l10n.t('Gradients on the way.'),
    'integrated_gradients.baseline': l10n.t(
      'Where the way begins: black pixels, the image’s mean colour, or the image blurred by a Gaussian whose standard deviation is 5/32 of the side.',
    ),
    'smoothgrad.samples': l10n.t('Copies with noise.'),
    'smoothgrad.noise': l10n.t('The standard deviation of the noise, as a share of the range of pixel values.'),
    'smoothgrad.seed': l10n.t('Of the noise.'),
    'occlusion.window': l10n.t('The side of the window, in pixels.'),
    'occlusion.stride': l10n.t(
      'How far windows are apart, in pixels: at most the window’s side, so that all of the image is hidden once.',
    ),
    'occlusion.fill': l10n.t('What hidden pixels become: the image’s mean colour, or black.'),
    'rise.masks': l10n.t('Random masks.'),
    'rise.grid': l10n.t('Cells on a side of a mask.'),
    'rise.keep': l10n.t('The share of cells that show the image.'),
    'rise.seed': l10n.t('Of the masks.'),
    'kernel_shap.grid': l10n.t('Cells on a side.'),
    'kernel_shap.samples': l10n.t(
      'Sets of cells, at least two a cell; where all sets are no more, each is taken once, and the values are exact.',
    ),
    'kernel_shap.seed': l10n.t('Of the sets.'),
    'kernel_shap.fill': l10n.t('What hidden pixels become: the image’s mean colour, or black.'),
  };
  return translated[`${method}.${name}`] ?? description;
}
