/** What changes on the page without the focus moving there, said to screen readers. */
import { h } from './dom';

const region = h('div', { class: 'screen-reader-only', role: 'status', 'aria-live': 'polite' });
document.body.append(region);

export function announce(text: string): void {
  region.textContent = text;
}
