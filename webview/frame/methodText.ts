/** What methods and their parameters are, in the editor's language: the records have it in English. */
import * as l10n from '@vscode/l10n';
import type { ExplanationMethod, ParameterRecord } from '../../src/explanations';

/** What the map of a method shows, in a sentence. */
export function methodSentence({ id, description }: Pick<ExplanationMethod, 'id' | 'description'>): string {
  const translated: Readonly<Record<string, string>> = {
    gradcam: l10n.t("Weighs each channel by its gradient's mean over all positions."),
    hirescam: l10n.t(
      'Multiplies activations and gradients position by position, without averaging: it shows what adds to the score.',
    ),
    layercam: l10n.t(
      'Weighs each position of each channel by its own positive gradient, which keeps detail at early layers.',
    ),
    'gradcam++': l10n.t(
      'Weighs each channel by its positive gradients, the more the less it is active: it shows several objects of a class.',
    ),
    xgradcam: l10n.t("Weighs each channel by its gradient's mean, in which active positions count for more."),
    integrated_gradients: l10n.t(
      'Sums the gradient by the pixels on the way from a baseline to the image: the map sums to the difference of the logit between the two.',
    ),
    smoothgrad: l10n.t('Averages the gradient by the pixels over copies of the image with noise, and takes its size.'),
    input_x_gradient: l10n.t('Multiplies each value of the network’s input with its gradient.'),
    occlusion: l10n.t(
      'Hides one window of the image after the other, and tells how far the class’s probability falls.',
    ),
    rise: l10n.t('Averages random masks of the image by the class’s probability of what each leaves visible.'),
    kernel_shap: l10n.t(
      'Shares the class’s probability among cells of the image by their Shapley values, from random sets of cells.',
    ),
  };
  return translated[id] ?? description;
}

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

/** "Grad-CAM (Selvaraju et al. 2017). Weighs each channel by its gradient's mean over all positions." */
export function methodText(method: ExplanationMethod): string {
  return `${method.name} (${method.source}). ${methodSentence(method)}`;
}
