/** Images by their fate over epochs, with the number of each. A click shows those alone. */
import * as l10n from '@vscode/l10n';
import { FATES, type Fate } from '../../src/measures/misclassified';
import { ShareButton } from '../chart/shareButton';
import { grouped } from '../common/text';
import { fateText } from './fateText';
import type { MisclassifiedState } from './misclassifiedState';

export interface FatesProperties {
  readonly state: MisclassifiedState;
  /** Called with null for any fate. */
  readonly onFate: (fate: Fate | null) => void;
}

export function Fates({ state, onFate }: FatesProperties) {
  const { choice, fateCounts, known, view } = state;
  // With one checkpoint, fates say nothing beyond its confusion matrix.
  if (view.checkpoints.length < 2) return null;
  const all = Math.max(1, known?.labels.length ?? 0);
  return (
    <div class="fates" role="group" aria-label={l10n.t('How images fare over epochs')}>
      {FATES.map((fate) => {
        const { name, meaning } = fateText(fate);
        const pressed = choice.fate === fate;
        return (
          <ShareButton
            key={fate}
            class="fate"
            share={(fateCounts?.[fate] ?? 0) / all}
            text={fateCounts === undefined ? '–' : grouped(fateCounts[fate])}
            pressed={pressed}
            title={meaning}
            disabled={fateCounts === undefined}
            onClick={() => onFate(pressed ? null : fate)}
          >
            <span class={`pattern ${fate}`} aria-hidden="true" />
            {name}
          </ShareButton>
        );
      })}
      <p class="muted fate-note">{noteOf(state)}</p>
    </div>
  );
}

/** What the fates are counted over. */
function noteOf({ fateCounts, view: { checkpoints } }: MisclassifiedState): string {
  if (fateCounts === undefined) return l10n.t('Needs the predictions of all {0} checkpoints.', checkpoints.length);
  const trained = checkpoints.filter(({ weights }) => weights === 'trained').length;
  if (trained === 0) return l10n.t('A checkpoint from before training alone.');
  return trained === 1
    ? l10n.t('Over the one trained checkpoint.')
    : l10n.t('Over the {0} trained checkpoints.', trained);
}
