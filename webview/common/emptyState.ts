import { button, type ButtonOptions } from './controls';
import { h } from './dom';
import { icon, type IconName } from './icons';

export interface EmptyStateOptions {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  /** Actions to offer, the most obvious first. */
  readonly actions: readonly Pick<ButtonOptions, 'label' | 'icon' | 'onClick'>[];
}

/** What a panel without content shows: the reason, and actions. */
export function emptyState({ icon: name, title, text, actions }: EmptyStateOptions): HTMLElement {
  return h(
    'div',
    { class: 'empty-state', role: 'region', 'aria-label': title },
    icon(name),
    h('h2', {}, title),
    h('p', {}, text),
    h(
      'div',
      { class: 'actions' },
      ...actions.map((action, index) => button({ ...action, appearance: index === 0 ? 'primary' : 'secondary' })),
    ),
  );
}
