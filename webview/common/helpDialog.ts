import { button } from './controls';
import { h } from './dom';

/** A list of keyboard shortcuts. */
export function createHelpDialog(shortcuts: readonly (readonly [keys: string, what: string])[]): HTMLDialogElement {
  const dialog = h(
    'dialog',
    { class: 'help', 'aria-labelledby': 'help-title' },
    h('h2', { id: 'help-title' }, 'Keyboard shortcuts'),
    h('dl', {}, ...shortcuts.flatMap(([keys, what]) => [h('dt', {}, h('kbd', {}, keys)), h('dd', {}, what)])),
    button({ label: 'Close', appearance: 'primary', onClick: () => dialog.close() }),
  );
  return dialog;
}
