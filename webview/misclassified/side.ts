/** Chooses the images of the list: a cell of the confusion matrix, a fate, or the study's search. */
import { button } from '../common/controls';
import { h } from '../common/dom';
import { createFates } from './fates';
import { createMatrix } from './matrix';
import type { MisclassifiedState } from './misclassifiedState';
import type { Choice } from './savedState';

export interface Side {
  readonly element: HTMLElement;
  update(model: MisclassifiedState): void;
}

export function createSide(current: () => Choice, onChoice: (change: Partial<Choice>) => void): Side {
  const matrix = createMatrix((cell) => onChoice({ scope: cell ?? 'wrong' }));
  const fates = createFates((fate) => onChoice({ fate, scope: scopeWith(fate, current().scope) }));
  const search = button({
    label: 'Search as in the Study',
    icon: 'search',
    title: 'Go through the shuffled test set until the checkpoints of epochs 1, 2 and 3 err',
    onClick: () => onChoice({ scope: 'search', fate: null }),
  });
  return {
    element: h(
      'aside',
      { 'aria-label': 'Which images' },
      h('h2', {}, 'Confusion matrix ', h('span', { class: 'muted axes' }, 'label ↓ · taken for →')),
      matrix.element,
      h('h2', {}, 'Over the epochs'),
      fates.element,
      search,
    ),
    update(model) {
      matrix.update(model);
      fates.update(model);
    },
  };
}

/** A fate applies to all images, because an image that is wrong now can never be one that is always right. */
function scopeWith(fate: Choice['fate'], scope: Choice['scope']): Choice['scope'] {
  if (fate !== null) return typeof scope === 'string' ? 'all' : scope;
  return scope === 'all' ? 'wrong' : scope;
}
