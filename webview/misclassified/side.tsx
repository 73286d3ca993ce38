/** Chooses the images of the list: a cell of the confusion matrix, a fate, or the study's search. */
import * as l10n from '@vscode/l10n';
import { Button } from '../controls';
import { Fates } from './fates';
import { Matrix } from './matrix';
import type { MisclassifiedState } from './misclassifiedState';
import type { Choice } from './savedState';

export interface SideProperties {
  readonly state: MisclassifiedState;
  readonly onChoice: (change: Partial<Choice>) => void;
}

export function Side({ state, onChoice }: SideProperties) {
  const { matrix, view, choice } = state;
  const { scope } = choice;
  return (
    <aside aria-label={l10n.t('Which images')}>
      <h2>
        {l10n.t('Confusion matrix')} <span class="muted axes">{l10n.t('label ↓ · taken for →')}</span>
      </h2>
      <Matrix
        classNames={view.classNames}
        matrix={matrix}
        chosen={typeof scope === 'object' ? scope : undefined}
        onCell={(cell) => onChoice({ scope: cell ?? 'wrong' })}
      />
      <h2>{l10n.t('Over the epochs')}</h2>
      <Fates state={state} onFate={(fate) => onChoice({ fate, scope: scopeWith(fate, scope) })} />
      <Button
        label={l10n.t('Search as in the Study')}
        icon="search"
        title={l10n.t('Go through the shuffled test set until the checkpoints of epochs 1, 2 and 3 err')}
        onClick={() => onChoice({ scope: 'search', fate: null })}
      />
    </aside>
  );
}

/** A fate applies to all images, because an image that is wrong now can never be one that is always right. */
function scopeWith(fate: Choice['fate'], scope: Choice['scope']): Choice['scope'] {
  if (fate !== null) return typeof scope === 'string' ? 'all' : scope;
  return scope === 'all' ? 'wrong' : scope;
}
