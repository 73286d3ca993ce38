/** Chooses the images of the list: a cell of the confusion matrix, a fate, or the study's search. */
import * as l10n from '@vscode/l10n';
import { Button } from '../controls';
import type { ConfusionCell } from '../../src/measures/misclassified';
import { lazily } from '../frame';
import { Fates } from './fates';
import type { MisclassifiedState } from './misclassifiedState';
import type { Choice } from './savedState';

/** Of more classes, a matrix is a picture. */
const MOST_IN_TABLE = 100;

const Matrix = lazily(async () => (await import('./matrix')).Matrix);
const Dense = lazily(async () => (await import('./dense/dense')).Dense);

export interface SideProperties {
  readonly state: MisclassifiedState;
  readonly onChoice: (change: Partial<Choice>) => void;
}

export function Side({ state, onChoice }: SideProperties) {
  const { matrix, known, predictions, view, choice } = state;
  const { scope } = choice;
  const chosen = typeof scope === 'object' ? scope : undefined;
  const onCell = (cell: ConfusionCell | null): void => onChoice({ scope: cell ?? 'wrong' });
  return (
    <aside aria-label={l10n.t('Which images')}>
      <h2>
        {l10n.t('Confusion matrix')} <span class="muted axes">{l10n.t('label ↓ · taken for →')}</span>
      </h2>
      {view.classNames.length > MOST_IN_TABLE && known !== undefined && predictions !== undefined ? (
        <Dense {...{ classNames: view.classNames, labels: known.labels, predictions, matrix, chosen, onCell }} />
      ) : (
        <Matrix
          {...{ classNames: view.classNames.length > MOST_IN_TABLE ? [] : view.classNames, matrix, chosen, onCell }}
        />
      )}
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
