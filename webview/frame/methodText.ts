import * as l10n from '@vscode/l10n';
import type { ExplanationMethod } from '../../src/explanations';

/** "Grad-CAM (Selvaraju et al. 2017). Weighs each channel by its gradient's mean over all positions." */
export function methodText({ id, name, source, description }: ExplanationMethod): string {
  const translated: Readonly<Record<string, string>> = {
    gradcam: l10n.t("Weighs each channel by its gradient's mean over all positions."),
    hirescam: l10n.t(
      'Multiplies activations and gradients position by position, without averaging: it shows what adds to the score.',
    ),
    layercam: l10n.t(
      'Weighs each position of each channel by its own positive gradient, which keeps detail at early layers.',
    ),
  };
  return `${name} (${source}). ${translated[id] ?? description}`;
}
