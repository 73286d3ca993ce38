/** How heatmaps look where a panel says nothing else: the settings `epochlens.appearance.*`. */
import type * as vscode from 'vscode';
import { COLOUR_MAP_NAMES } from '../../imaging/colourMaps';
import { HEATMAP_SCALES, type AppearanceDefaults } from '../../protocol/panelView';
import { SETTINGS } from '../ids';
import { isOneOf, onDidChangeSettings, readSetting } from '../settings';

export function appearanceDefaults(): AppearanceDefaults {
  return {
    opacity: readSetting(SETTINGS.opacity, isShare),
    colourMap: readSetting(SETTINGS.colourMap, isOneOf(COLOUR_MAP_NAMES)),
    scale: readSetting(SETTINGS.scale, isOneOf(HEATMAP_SCALES)),
  };
}

export function onDidChangeAppearance(changed: () => void): vscode.Disposable {
  return onDidChangeSettings([SETTINGS.opacity, SETTINGS.colourMap, SETTINGS.scale], changed);
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
