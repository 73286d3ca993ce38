import { h, type Child } from './dom';

/** A control with its name before it. The control's own label has the name for screen readers. */
export function field(name: string, control: Child): HTMLElement {
  return h('div', { class: 'field' }, h('span', { class: 'field-name muted', 'aria-hidden': 'true' }, name), control);
}
