import { createHelpDialog } from '../common/helpDialog';

/** The list of keyboard shortcuts. */
export function createHelp(): HTMLDialogElement {
  return createHelpDialog([
    ['1, 2', 'over many images, one image'],
    [', and .', 'previous and next image'],
    ['← ↑ → ↓', 'from cell to cell'],
    ['Enter', 'open the cell large, clean beside perturbed'],
    ['In a large cell: ← →', 'across epochs'],
    ['In a large cell: ↑ ↓', 'from round to round'],
    ['Esc', 'close what is open'],
    ['[ and ]', 'less and more heatmap (opacity)'],
    ['− and +', 'smaller and larger cells'],
    ['M', 'next colour map'],
    ['S', 'scale: per map, per row, shared'],
    ['G', "smooth, or the layer's own grid"],
    ['In the chart: ← →', 'read out the epochs'],
    ['?', 'this list'],
  ]);
}
