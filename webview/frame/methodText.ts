/** What methods are, in the editor's language: the records have it in English. */
import * as l10n from '@vscode/l10n';
import type { MethodDescription } from '../../src/explanations/descriptions';

/** What the map of a method shows, in a sentence. */
export function methodSentence({ id, description }: Pick<MethodDescription, 'id' | 'description'>): string {
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

/** "Grad-CAM (Selvaraju et al. 2017). Weighs each channel by its gradient's mean over all positions." */
export function methodText(method: MethodDescription): string {
  return `${method.name} (${method.source}). ${methodSentence(method)}`;
}
