import * as l10n from '@vscode/l10n';
import type { ShownCell } from '../../src/protocol/sweepPanel';
import type { Choice } from '../controls';
import { isPending } from './cellText';
import { FILTERS, type Filter } from './savedState';

export function fits(filter: Filter, { state }: Pick<ShownCell, 'state'>): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'pending':
      return isPending(state);
    case 'done':
      return state === 'done';
    case 'new':
      return state === 'new';
    case 'failed':
      return state === 'failed' || state === 'cancelled' || state === 'interrupted';
  }
}

export function filterChoices(): Choice<Filter>[] {
  const texts: Readonly<Record<Filter, string>> = {
    all: l10n.t('all'),
    pending: l10n.t('running and queued'),
    done: l10n.t('done'),
    failed: l10n.t('failed or stopped'),
    new: l10n.t('not trained yet'),
  };
  return FILTERS.map((value) => ({ value, text: texts[value] }));
}
