import type { ComponentChildren } from 'preact';
import { Button, Icon, ProgressRing, type ButtonProperties, type IconName } from '../controls';

export interface EmptyStateProperties {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  /** Actions to offer, the most obvious first. */
  readonly actions: readonly Pick<ButtonProperties, 'label' | 'icon' | 'onClick'>[];
}

/** What a panel without content shows: the reason, and actions. */
export function EmptyState({ icon, title, text, actions }: EmptyStateProperties) {
  return (
    <div class="empty-state" role="region" aria-label={title}>
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{text}</p>
      <div class="actions">
        {actions.map((action, place) => (
          <Button key={action.label} {...action} primary={place === 0} />
        ))}
      </div>
    </div>
  );
}

/** What a panel shows until there is something: what it waits for. */
export function Loading({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty-state" role="region" aria-label={title}>
      <ProgressRing label={title} />
      {children === undefined ? <p>{title}</p> : <h2>{title}</h2>}
      {children}
    </div>
  );
}
