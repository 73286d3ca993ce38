/** Keys that work anywhere on the panel, except in a text field. */
import * as l10n from '@vscode/l10n';
import type { Settings } from './settings';

/** The change that a key makes; undefined for any other key. */
export function settingsByKey(key: string, classes: number): Partial<Settings> | undefined {
  if (/^\d$/.test(key)) return Number(key) < classes ? { target: Number(key) } : undefined;
  switch (key.toLowerCase()) {
    case 'p':
      return { target: 'predicted' };
    case 'l':
      return { target: 'label' };
    default:
      return undefined;
  }
}

export function shortcuts(): readonly (readonly [keys: string, what: string])[] {
  return [
    ['← ↑ → ↓', l10n.t('from cell to cell')],
    [l10n.t('Page Up, Page Down'), l10n.t('a page of rows')],
    [l10n.t('Home, End'), l10n.t('first and last checkpoint; with Ctrl also the first and last image')],
    [l10n.t('Enter'), l10n.t('open the cell large')],
    [l10n.t('Esc'), l10n.t('close what is open')],
    ['[  ]', l10n.t('less and more heatmap (opacity)')],
    ['−  +', l10n.t('smaller and larger cells')],
    ['M', l10n.t('next colour map')],
    ['S', l10n.t('scale: per image, per row, shared')],
    ['G', l10n.t("smooth, or the layer's own grid")],
    ['P, L', l10n.t('heatmap of the predicted class, of the label')],
    ['0 … 9', l10n.t('heatmap of a class by number')],
    ['C', l10n.t('copy the figure')],
    ['R', l10n.t('compute again')],
    [l10n.t('In a large cell: ← →'), l10n.t('across epochs')],
    [l10n.t('In a large cell: ↑ ↓'), l10n.t('image above, image below')],
    [l10n.t('In a large cell: Space'), l10n.t('play across epochs')],
    ['?', l10n.t('this list')],
  ];
}
