import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { HelpDialog } from '../controls';

/** The list of keyboard shortcuts. */
export function Help({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <HelpDialog
      dialog={dialog}
      shortcuts={[
        ['1, 2, 3, 4', l10n.t('over many images, one image, benchmarks, attacks')],
        [l10n.t(', and .'), l10n.t('previous and next image')],
        ['← ↑ → ↓', l10n.t('from cell to cell')],
        [l10n.t('Enter'), l10n.t('open the cell large, clean beside perturbed')],
        [l10n.t('In a large cell: ← →'), l10n.t('across epochs')],
        [l10n.t('In a large cell: ↑ ↓'), l10n.t('from round to round')],
        ['Esc', l10n.t('close what is open')],
        [l10n.t('[ and ]'), l10n.t('less and more heatmap (opacity)')],
        [l10n.t('− and +'), l10n.t('smaller and larger cells')],
        ['M', l10n.t('next colour map')],
        ['S', l10n.t('scale: per map, per row, shared')],
        ['G', l10n.t("smooth, or the layer's own grid")],
        [l10n.t('In the chart: ← →'), l10n.t('read out the epochs')],
        ['?', l10n.t('this list')],
      ]}
    />
  );
}
