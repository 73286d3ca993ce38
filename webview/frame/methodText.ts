import * as l10n from '@vscode/l10n';
import type { ExplanationMethod, ParameterRecord } from '../../src/explanations';

/** What the map of a method shows, in a sentence. */
export function methodSentence({ id, description }: ExplanationMethod): string {
  const translated: Readonly<Record<string, string>> = {
    gradcam: l10n.t("Weighs each channel by its gradient's mean over all positions."),
    hirescam: l10n.t(
      'Multiplies activations and gradients position by position, without averaging: it shows what adds to the score.',
    ),
    layercam: l10n.t(
      'Weighs each position of each channel by its own positive gradient, which keeps detail at early layers.',
    ),
  };
  return translated[id] ?? description;
}

/** What a parameter of a method is, in a sentence. */
export function parameterSentence(method: string, name: string, { description }: ParameterRecord): string {
  const translated: Readonly<Record<string, string>> = {};
  return translated[`${method}.${name}`] ?? description;
}

/** "Grad-CAM (Selvaraju et al. 2017). Weighs each channel by its gradient's mean over all positions." */
export function methodText(method: ExplanationMethod): string {
  return `${method.name} (${method.source}). ${methodSentence(method)}`;
}
