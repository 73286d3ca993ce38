import * as l10n from '@vscode/l10n';
import { explanationName } from '../common/explanation';
import { listed } from '../common/text';
import type { HeatmapsState } from './heatmapsState';

/** Which of the chosen methods give the same maps here, and why; undefined where none do. */
export function sameText({ explanations, layer }: HeatmapsState): string | undefined {
  const texts = explanations
    .filter(({ sameAs }) => sameAs.length > 0)
    .map((each) =>
      l10n.t(
        '{0} give the same maps at {1}, because average pooling and a linear layer follow it: they are shown once.',
        listed([explanationName(each), ...each.sameAs]),
        layer,
      ),
    );
  return texts.length === 0 ? undefined : texts.join(' ');
}
