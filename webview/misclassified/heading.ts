/** The heading of the list: which images it has, their order, and links to others. */
import { button, dropdown } from '../common/controls';
import { h } from '../common/dom';
import { belowOf, titleOf } from './headingText';
import type { MisclassifiedState } from './misclassifiedState';
import { ORDERS, type Choice, type Order } from './savedState';

export interface Heading {
  readonly element: HTMLElement;
  update(model: MisclassifiedState): void;
}

const ORDER_TEXTS: Readonly<Record<Order, string>> = {
  index: 'In the set’s order',
  forgotten: 'Most often forgotten first',
  learnedLate: 'Learned latest first',
};

export function createHeading(onChoice: (change: Partial<Choice>) => void): Heading {
  const title = h('h2', {});
  const below = h('p', { class: 'muted' });
  const wrong = button({ label: 'All wrong', onClick: () => onChoice({ scope: 'wrong', fate: null }) });
  const anyFate = button({ label: 'Any fate', icon: 'close', onClick: () => onChoice({ fate: null }) });
  const order = dropdown<Order>('Order', (value) => onChoice({ order: value }));
  return {
    element: h(
      'div',
      { class: 'heading' },
      h('div', { class: 'words', role: 'status' }, title, below),
      h('div', { class: 'heading-actions' }, wrong, anyFate, order.element),
    ),
    update(model) {
      const { choice, items, fates } = model;
      title.textContent = titleOf(model);
      below.textContent = belowOf(model);
      wrong.hidden = choice.scope === 'wrong' && choice.fate === null;
      anyFate.hidden = choice.fate === null || choice.scope === 'search';
      order.element.hidden = fates === undefined || choice.scope === 'search' || items.length < 2;
      order.set(
        ORDERS.map((value) => ({ value, text: ORDER_TEXTS[value] })),
        choice.order,
      );
    },
  };
}
