/** Announces changes to screen readers that happen away from the focus. */
import { h } from './dom';

const region = h('div', { class: 'screen-reader-only', role: 'status', 'aria-live': 'polite' });
document.body.append(region);

export function announce(text: string): void {
  region.textContent = text;
}
