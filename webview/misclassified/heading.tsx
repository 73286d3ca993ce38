/** The heading of the list: which images it has, their order, and the way to others. */
import * as l10n from '@vscode/l10n';
import { Button, Select } from '../controls';
import { belowOf, titleOf } from './headingText';
import type { MisclassifiedState } from './misclassifiedState';
import { ORDERS, type Choice, type Order } from './savedState';

export interface HeadingProperties {
  readonly state: MisclassifiedState;
  readonly onChoice: (change: Partial<Choice>) => void;
}

export function Heading({ state, onChoice }: HeadingProperties) {
  const { choice, items, fates } = state;
  const isAllWrong = choice.scope === 'wrong' && choice.fate === null;
  return (
    <div class="heading">
      <div class="words" role="status">
        <h2>{titleOf(state)}</h2>
        <p class="muted">{belowOf(state)}</p>
      </div>
      <div class="heading-actions">
        {!isAllWrong && <Button label={l10n.t('All wrong')} onClick={() => onChoice({ scope: 'wrong', fate: null })} />}
        {choice.fate !== null && choice.scope !== 'search' && (
          <Button label={l10n.t('Any fate')} icon="close" onClick={() => onChoice({ fate: null })} />
        )}
        {fates !== undefined && choice.scope !== 'search' && items.length > 1 && (
          <Select
            label={l10n.t('Order')}
            choices={ORDERS.map((value) => ({ value, text: orderText(value) }))}
            value={choice.order}
            onChange={(order) => onChoice({ order })}
          />
        )}
      </div>
    </div>
  );
}

function orderText(order: Order): string {
  switch (order) {
    case 'index':
      return l10n.t('In the set’s order');
    case 'forgotten':
      return l10n.t('Most often forgotten first');
    case 'learnedLate':
      return l10n.t('Learned latest first');
  }
}
