import { createHelpDialog } from '../common/helpDialog';

const SHORTCUTS: readonly (readonly [keys: string, what: string])[] = [
  ['← ↑ → ↓', 'from cell to cell'],
  ['Page Up, Page Down', 'a page of rows'],
  ['Home, End', 'first and last checkpoint; with Ctrl also the first and last image'],
  ['Enter', 'open the cell large'],
  ['Esc', 'close what is open'],
  ['[ and ]', 'less and more heatmap (opacity)'],
  ['− and +', 'smaller and larger cells'],
  ['M', 'next colour map'],
  ['S', 'scale: per image, per row, shared'],
  ['G', "smooth, or the layer's own grid"],
  ['P, L', 'heatmap of the predicted class, of the label'],
  ['0 … 9', 'heatmap of a class by number'],
  ['C', 'copy the figure'],
  ['R', 'compute again'],
  ['In a large cell: ← →', 'across epochs'],
  ['In a large cell: ↑ ↓', 'image above, image below'],
  ['In a large cell: Space', 'play across epochs'],
  ['?', 'this list'],
];

/** The list of keyboard shortcuts. */
export function createHelp(): HTMLDialogElement {
  return createHelpDialog(SHORTCUTS);
}
