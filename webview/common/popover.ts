/** A button that opens a small panel below it. The browser closes it on Escape or a click elsewhere. */
import { button, type ButtonOptions } from './controls';
import { h } from './dom';

export interface Popover {
  readonly button: HTMLElement;
  readonly panel: HTMLElement;
  setText(text: string): void;
  close(): void;
}

const MARGIN = 8;

export function createPopover(options: Omit<ButtonOptions, 'onClick'>, onOpen: (panel: HTMLElement) => void): Popover {
  const panel = h('div', {
    class: 'popover',
    popover: 'auto',
    role: 'dialog',
    'aria-label': options.title ?? options.label,
  });
  // A press on the button closes the open panel before the click arrives, and that click must not open it again.
  let closedAt = 0;
  const opener = button({
    ...options,
    onClick: () => {
      if (performance.now() - closedAt < 200) return;
      onOpen(panel);
      panel.showPopover();
      const box = opener.getBoundingClientRect();
      panel.style.top = `${box.bottom + 4}px`;
      panel.style.left = `${Math.max(Math.min(box.left, innerWidth - panel.offsetWidth - MARGIN), MARGIN)}px`;
      panel.style.maxHeight = `${innerHeight - box.bottom - 4 - MARGIN}px`;
      panel.querySelector<HTMLElement>('vscode-checkbox, vscode-button, button')?.focus();
    },
  });
  const text = opener.querySelector('.button-text');
  opener.setAttribute('aria-haspopup', 'dialog');
  opener.setAttribute('aria-expanded', 'false');
  panel.addEventListener('toggle', (event) => {
    const open = event.newState === 'open';
    opener.setAttribute('aria-expanded', String(open));
    if (!open) closedAt = performance.now();
    if (!open && (document.activeElement === document.body || panel.contains(document.activeElement))) opener.focus();
  });
  return {
    button: opener,
    panel,
    setText(value) {
      if (text !== null) text.textContent = value;
    },
    close: () => panel.hidePopover(),
  };
}
